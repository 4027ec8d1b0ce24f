import db from '@adonisjs/lucid/services/db'
import type { Transition } from '#app/core/transition'
import { addCallBack } from '#app/replies/calls/call_backs'
import { waitingPlace } from '#app/rebooking/waiting_place'
import type Submission from '#app/submissions/submission'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/**
 * The listener that ends the waiting of a request that is corrected or erased, or whose person has died; coupons bear a
 * token of their person.
 */
export const rebookingListener: SubmissionListener = {
  name: 'rebooking',
  seals: [],

  async erased(t, { id }) {
    await couponsOf(t, id).update({ person: `erased:${id}` })
    await waitingPlace.leave(t, { submission_id: id }, ['waiting', 'offered'])
    return { keys: [], files: [] }
  },

  async corrected(t, { id }) {
    await waitingPlace.leave(t, { submission_id: id }, ['waiting'])
  },

  async stopped(t, { id, hasDied }) {
    if (hasDied) await waitingPlace.leave(t, { submission_id: id }, ['waiting', 'offered'])
    return 0
  },

  async words(ids) {
    const rows: { submission_id: string }[] = await db
      .from('waiting_list')
      .whereIn('submission_id', ids)
      .whereIn('state', ['waiting', 'offered'])
      .select('submission_id')
    return new Map(rows.map((row) => [row.submission_id, 'waiting_for_place']))
  },

  async rotated(t, { id }, { person }) {
    await couponsOf(t, id).update({ person })
  },

  callable: { rank: 'held', call: callAboutHeld },
}

/** A time that is held for somebody is told them as soon as they may be called. */
async function callAboutHeld(t: Transition, submission: Submission): Promise<boolean> {
  const held: { id: string; replaces_id: string | null } | null = await t.trx
    .from('bookings')
    .where({ submission_id: submission.id, state: 'held' })
    .whereNotNull('handover_id')
    .select('id', 'replaces_id')
    .first()
  if (!held) return false
  await addCallBack(t, {
    reason: held.replaces_id ? 'closure' : 'offer',
    clientId: submission.clientId,
    submissionId: submission.id,
    bookingId: held.id,
    linkageId: submission.linkageId,
  })
  return true
}

function couponsOf(t: Transition, submissionId: string) {
  return t.trx
    .from('coupons')
    .whereIn('booking_id', t.trx.from('bookings').where('submission_id', submissionId).select('id'))
}
