import type User from '#app/people/user'
import { waitForPlace } from '#app/rebooking/waiting_list'
import { confirmReadBack } from '#app/desk/visits/book_live'
import { openPerson } from '#app/desk/visits/current_person'
import { doorOf } from '#app/desk/visits/hold_place'
import { slotsOf } from '#app/handover/connectors'
import Submission from '#app/submissions/submission'
import { transition } from '#app/core/transition'

/** Nothing is free: what was asked stands, and the person is called as soon as a place becomes free. */
export async function enterWaitingList(user: User, submissionId: string): Promise<boolean> {
  return transition(async (t) => {
    const submission = await Submission.query({ client: t.trx })
      .where({ id: submissionId, state: 'collecting' })
      .forUpdate()
      .first()
    if (!submission) return false
    const person = await openPerson(submission, t.trx)
    const { version } = person.asked
    const slug = slotsOf(version).waitsFor(version.description.handover)
    if (!slug || !person.draft.complete) return false
    const calendar: { id: string } = await t.trx
      .from('calendars')
      .where({ slug, client_id: submission.clientId })
      .select('id')
      .firstOrFail()
    const revisionId = await confirmReadBack(t, user, person, null)
    await submission.verify(t, { actorId: user.id })
    await waitForPlace(
      t,
      user,
      submission,
      revisionId,
      calendar.id,
      doorOf(submission),
      person.draft.dose
    )
    return true
  })
}
