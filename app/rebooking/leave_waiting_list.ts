import Handover from '#app/handover/handover'
import { waitingPlace } from '#app/rebooking/waiting_place'
import type { Transition } from '#app/core/transition'
import type Submission from '#app/submissions/submission'

/** Takes somebody who has found a time off the waiting list. */
export async function leaveWaitingList(
  t: Transition,
  submission: Submission,
  calendarId: string
): Promise<void> {
  const waiting = t.trx
    .from('submissions')
    .where('person', submission.person ?? '')
    .whereNot('id', submission.id)
    .select('id')
  const rows: { id: string; submission_id: string }[] = await t.trx
    .from('waiting_list')
    .where({ client_id: submission.clientId, calendar_id: calendarId, state: 'waiting' })
    .whereIn('submission_id', waiting)
    .orderBy('submission_id')
    .select('id', 'submission_id')
  for (const { id: placeId, submission_id: id } of rows) {
    await waitingPlace.leave(t, { id: placeId }, ['waiting'])
    for (const handover of await Handover.of(t, id, ['waiting'])) await handover.cancel(t)
    t.wake({ type: 'submission', id })
  }
}
