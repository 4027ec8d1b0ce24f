import { SeatBookingSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

type SeatState = 'booked' | 'given_back' | 'closed'

const RULES: StateRules<SeatState> = {
  table: 'seat_bookings',
  subject: 'seat',
  from: { booked: [], given_back: ['booked'], closed: ['booked'] },
  client:
    '(select c.client_id from slots s join calendars c on c.id = s.calendar_id where s.id = r.slot_id)',
}

/** A seat that somebody who works here has booked for themselves. Its state changes by its methods alone. */
export default class SeatBooking extends SeatBookingSchema {
  declare state: SeatState

  /** Gives back those of these that still stand; the times have room again. */
  static async giveBack(t: Transition, ids: string[], actorId: string | null): Promise<number> {
    return end(t, ids, 'given_back', actorId)
  }

  /** Takes away those of these that still stand, because their time is closed. */
  static async close(t: Transition, ids: string[], actorId: string | null): Promise<number> {
    return end(t, ids, 'closed', actorId)
  }
}

async function end(t: Transition, ids: string[], to: SeatState, actorId: string | null) {
  // Slots first, as whoever books them does.
  await t.trx.rawQuery(
    `select id from slots where id in (select slot_id from seat_bookings where id = any(:ids)) order by id for update`,
    { ids }
  )
  const changed = await changeState(t, RULES, ids, to, { actorId })
  await t.trx.rawQuery(
    `update slots s set taken = s.taken - given.places
     from (select slot_id, sum(places)::int as places from seat_bookings where id = any(:ids) group by slot_id) given
     where s.id = given.slot_id`,
    { ids: changed.map(({ id }) => id) }
  )
  return changed.length
}
