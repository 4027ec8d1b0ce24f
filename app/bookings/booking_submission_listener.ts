import { releasePlace } from '#app/bookings/release_place'
import { rideNumberToken } from '#app/bookings/ride_number'
import type { Transition } from '#app/shared/transition'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** Bookings bear a token of their person; who has died needs no place. */
export const bookingListener: SubmissionListener = {
  name: 'bookings',
  seals: [],

  async erased(t, { id }) {
    const person = `erased:${id}`
    await couponsOf(t, id).update({ person })
    await t.trx.from('bookings').where('submission_id', id).update({ person, number_token: null })
    await leaveWaitingList(t, id, ['waiting', 'offered'])
    return { keys: [], files: [] }
  },

  async corrected(t, { id }, person) {
    await leaveWaitingList(t, id, ['waiting'])
    await t.trx
      .from('bookings')
      .where('submission_id', id)
      .whereNot('state', 'canceled')
      .update({ person })
  },

  async stopped(t, { id, hasDied, actorId }) {
    if (!hasDied) return 0
    await leaveWaitingList(t, id, ['waiting', 'offered'])
    const bookings: { id: string }[] = await t.trx
      .from('bookings')
      .where('submission_id', id)
      .whereNot('state', 'canceled')
      .orderBy('slot_id')
      .select('id')
    for (const booking of bookings) {
      const released = await releasePlace(t, booking.id, 'canceled')
      if (!released) continue
      t.wake({ type: 'slot', id: released.slot_id })
      t.record({
        verb: 'booking.canceled',
        subject: { type: 'booking', id: booking.id },
        clientId: released.client_id,
        submissionId: released.submission_id,
        actorId,
        detail: { reason: 'died' },
      })
    }
    return 0
  },

  async rotated(t, { id }, { version, value, person }) {
    const bookings = () => t.trx.from('bookings').where('submission_id', id)
    await bookings().update({ person })
    await bookings()
      .whereNotNull('number_token')
      .update({ number_token: rideNumberToken(value(version.description.person.phone)) })
    await couponsOf(t, id).update({ person })
  },
}

function couponsOf(t: Transition, submissionId: string) {
  return t.trx
    .from('coupons')
    .whereIn('booking_id', t.trx.from('bookings').where('submission_id', submissionId).select('id'))
}

async function leaveWaitingList(
  t: Transition,
  submissionId: string,
  from: ('waiting' | 'offered')[]
): Promise<void> {
  await t.trx
    .from('waiting_list')
    .where('submission_id', submissionId)
    .whereIn('state', from)
    .update({ state: 'left' })
}
