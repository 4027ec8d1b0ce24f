import { bookingWindow } from '#app/bookings/booking_window'
import type Calendar from '#app/bookings/calendar'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

export type SeatsBooked = { ok: true; count: number } | { ok: false; full: string[] }

/** Ends the transaction in which something was full: nothing of it stays. */
class Full extends Error {
  constructor(readonly times: string[]) {
    super()
  }
}

/**
 * Books seats for somebody at all of these times, or at none: where one is full, closed or out of reach, it is named
 * (HH:MM). Times at which they have a seat already are passed over.
 * @param places seats, or children in the childcare room
 */
export async function bookSeats(
  user: User,
  calendar: Calendar,
  slotIds: string[],
  places: number
): Promise<SeatsBooked> {
  const { after, until } = bookingWindow(calendar.rules)
  try {
    const count = await transition(async (t) => {
      const { rows } = await t.trx.rawQuery<{
        rows: { id: string; time: string; fits: boolean; own: boolean }[]
      }>(
        `select s.id, to_char(s.starts_at, 'HH24:MI') as time,
           s.closed_at is null and s.taken + :places <= s.capacity and s.starts_at > :after and s.starts_at <= :until as fits,
           exists (select 1 from seat_bookings b where b.slot_id = s.id and b.user_id = :user and b.state = 'booked') as own
         from slots s where s.calendar_id = :calendar and s.id = any(:slots) order by s.id for update of s`,
        { calendar: calendar.id, slots: slotIds, places, after, until, user: user.id }
      )
      const wanted = rows.filter(({ own }) => !own)
      const full = wanted.filter(({ fits }) => !fits).map(({ time }) => time)
      if (full.length > 0) throw new Full(full.sort())
      if (wanted.length === 0) return 0
      await t.trx
        .table('seat_bookings')
        .multiInsert(
          wanted.map(({ id }) => ({ id: newId(), slot_id: id, user_id: user.id, places }))
        )
      const ids = wanted.map(({ id }) => id)
      await t.trx.from('slots').whereIn('id', ids).increment('taken', places)
      t.recordOnly({
        verb: 'seat.booked',
        subject: { type: 'calendar', id: calendar.id },
        clientId: calendar.clientId,
        actorId: user.id,
        detail: { times: ids.length, places },
      })
      t.announce(`calendars/${calendar.id}`)
      return ids.length
    })
    return { ok: true, count }
  } catch (error) {
    if (error instanceof Full) return { ok: false, full: error.times }
    throw error
  }
}
