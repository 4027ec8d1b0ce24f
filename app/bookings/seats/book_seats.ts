import { bookingWindow } from '#app/bookings/booking_window'
import type Calendar from '#app/bookings/calendar'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'

export type SeatsBooked =
  { ok: true; count: number } | { ok: false; reason: 'full' | 'gone'; times: string[] }

/** Ends the transaction in which something can't be had: nothing of it stays. */
class Refused extends Error {
  constructor(
    readonly reason: 'full' | 'gone',
    readonly times: string[] = []
  ) {
    super()
  }
}

/**
 * Books seats for somebody at all of these times, or at none: one that is full, closed or out of reach is named (HH:MM);
 * one that the room knows no longer refuses them all. Times at which they have a seat already are passed over.
 * @param places seats, or children in the childcare room
 */
export async function bookSeats(
  user: User,
  calendar: Calendar,
  slotIds: string[],
  places: number
): Promise<SeatsBooked> {
  try {
    const count = await transition((t) => bookAll(t, user, calendar, [...new Set(slotIds)], places))
    return { ok: true, count }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.reason, times: error.times }
    throw error
  }
}

async function bookAll(
  t: Transition,
  user: User,
  calendar: Calendar,
  slotIds: string[],
  places: number
): Promise<number> {
  const slots: { id: string }[] = await t.trx
    .from('slots')
    .where('calendar_id', calendar.id)
    .whereIn('id', slotIds)
    .orderBy('id')
    .forUpdate()
    .select('id')
  if (slots.length < slotIds.length) throw new Refused('gone')
  // A statement of its own: what stood in the way of the lock is seen now.
  const { after, until } = bookingWindow(calendar.rules)
  const { rows } = await t.trx.rawQuery<{ rows: { id: string; time: string; fits: boolean }[] }>(
    `select s.id, to_char(s.starts_at, 'HH24:MI') as time,
       s.closed_at is null and s.taken + :places <= s.capacity and s.starts_at > :after and s.starts_at <= :until as fits
     from slots s where s.id = any(:slots) and not exists (
       select 1 from seat_bookings b where b.slot_id = s.id and b.user_id = :user and b.state = 'booked')`,
    { places, after, until, user: user.id, slots: slotIds }
  )
  const full = rows.filter(({ fits }) => !fits).map(({ time }) => time)
  if (full.length > 0) throw new Refused('full', full.sort())
  if (rows.length === 0) return 0
  const seats = rows.map(({ id, time }) => ({ id: newId(), slot: id, time }))
  await t.trx
    .table('seat_bookings')
    .multiInsert(seats.map(({ id, slot }) => ({ id, slot_id: slot, user_id: user.id, places })))
  await t.trx
    .from('slots')
    .whereIn(
      'id',
      seats.map(({ slot }) => slot)
    )
    .increment('taken', places)
  for (const { id, time } of seats)
    t.recordOnly({
      verb: 'seat.booked',
      subject: { type: 'seat', id },
      clientId: calendar.clientId,
      actorId: user.id,
      detail: { to: 'booked', time, places },
    })
  t.announce(`calendars/${calendar.id}`)
  return seats.length
}
