import db from '@adonisjs/lucid/services/db'
import { BOOKED_WITHIN_DAYS } from '#app/bookings/seats/show_seats'
import type { UserListener } from '#app/people/user_listener'
import type User from '#app/people/user'
import SeatBooking from '#app/bookings/seats/seat_booking'
import type { Queries } from '#app/core/queries'
import { now, wallTime } from '#app/core/clock'
import { transition, type Transition } from '#app/core/transition'

/** Gives back a seat of somebody's own; false where it isn't theirs, or is over. */
export async function giveBackSeat(user: User, id: string): Promise<boolean> {
  return transition(async (t) => {
    const own = await ahead(user, t.trx)
    return own.includes(id) && (await SeatBooking.giveBack(t, [id], user.id)) > 0
  })
}

/** Takes away the seats at times of a calendar that are closed now; who has sat there already has. */
export async function closeSeats(
  t: Transition,
  slotIds: string[],
  actorId: string
): Promise<number> {
  const rows: { id: string }[] = await t.trx
    .from('seat_bookings')
    .join('slots', 'slots.id', 'seat_bookings.slot_id')
    .whereIn('seat_bookings.slot_id', slotIds)
    .where('seat_bookings.state', 'booked')
    .where('slots.starts_at', '>', wallTime(now()))
    .select('seat_bookings.id')
  return SeatBooking.close(
    t,
    rows.map(({ id }) => id),
    actorId
  )
}

/** Gives back the seats that somebody had ahead when they leave. */
export const seatListener: UserListener = {
  name: 'bookings',
  async left(t, user) {
    await SeatBooking.giveBack(t, await ahead(user, t.trx), null)
  },
  async lessened(t, user) {
    if (user.frozenAt || !user.may('tasks.take'))
      await SeatBooking.giveBack(t, await ahead(user, t.trx), null)
  },
  async holds(user) {
    return [{ label: 'seats.held', count: (await ahead(user)).length }]
  },
}

async function ahead(user: User, client: Queries = db): Promise<string[]> {
  const rows: { id: string }[] = await client
    .from('seat_bookings')
    .join('slots', 'slots.id', 'seat_bookings.slot_id')
    .where({ 'seat_bookings.user_id': user.id, 'seat_bookings.state': 'booked' })
    .whereRaw('seat_bookings.created_at > now() - make_interval(days => ?)', [BOOKED_WITHIN_DAYS])
    .where('slots.starts_at', '>', wallTime(now()))
    .select('seat_bookings.id')
  return rows.map(({ id }) => id)
}
