import db from '@adonisjs/lucid/services/db'
import { releasePlace } from '#app/bookings/release_place'
import { rideNumberToken } from '#app/bookings/ride_number'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** Bookings bear a token of their person; who has died needs no place. */
export const bookingListener: SubmissionListener = {
  name: 'bookings',
  seals: [],

  async erased(t, { id }) {
    const person = `erased:${id}`
    await t.trx.from('bookings').where('submission_id', id).update({ person, number_token: null })
    return { keys: [], files: [] }
  },

  async corrected(t, { id }, person) {
    await t.trx
      .from('bookings')
      .where('submission_id', id)
      .whereNot('state', 'canceled')
      .update({ person })
  },

  async stopped(t, { id, hasDied, actorId }) {
    if (!hasDied) return 0
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

  async words(ids) {
    const rows: { submission_id: string }[] = await db
      .from('bookings')
      .whereIn('submission_id', ids)
      .groupBy('submission_id')
      .havingRaw(`bool_and(state = 'canceled')`)
      .havingRaw(`bool_or(ended_reason in ('canceled', 'closure', 'declined'))`)
      .select('submission_id')
    return new Map(rows.map((row) => [row.submission_id, 'booking_canceled']))
  },

  async rotated(t, { id }, { version, value, person }) {
    const bookings = () => t.trx.from('bookings').where('submission_id', id)
    await bookings().update({ person })
    await bookings()
      .whereNotNull('number_token')
      .update({ number_token: rideNumberToken(value(version.description.person.phone)) })
  },
}
