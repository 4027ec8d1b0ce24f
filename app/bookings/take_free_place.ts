import { lockPlaces } from '#app/bookings/lock_places'
import { expireHold } from '#app/bookings/release_place'
import { takePlace, type Hold, type PlaceRequest, type Taken } from '#app/bookings/take_place'
import type { Transition } from '#app/core/transition'

/**
 * Takes a place as `takePlace` does. Holds whose time is over don't count, whether anybody has swept them or not:
 * where one stands in the way it is ended, and the place is tried once more.
 */
export async function takeFreePlace(
  t: Transition,
  request: PlaceRequest,
  hold: Hold
): Promise<Taken> {
  const taken = await takePlace(t.trx, request, hold)
  if (taken.ok || taken.reason === 'closed') return taken
  return (await endOverdue(t, request)) ? takePlace(t.trx, request, hold) : taken
}

/** Ends the overdue holds of this slot, of this door's share of the day, and of this person. */
async function endOverdue(t: Transition, request: PlaceRequest): Promise<boolean> {
  const { rows: overdue }: { rows: { id: string; slot_id: string }[] } = await t.trx.rawQuery(
    `select b.id, b.slot_id from bookings b join slots s on s.id = b.slot_id join slots wanted on wanted.id = :slot
     where b.state = 'held' and b.held_until <= now() and (
       b.slot_id = :slot
       or (b.door = :door and s.calendar_id = wanted.calendar_id and s.starts_at::date = wanted.starts_at::date)
       or (b.person = :person and b.service_id = :service and b.dose = :dose))
     order by b.id for update of b`,
    {
      slot: request.slotId,
      door: request.door,
      person: request.person,
      service: request.serviceId,
      dose: request.dose,
    }
  )
  if (overdue.length === 0) return false
  await lockPlaces(t.trx, [request.slotId, ...overdue.map((row) => row.slot_id)])
  for (const { id } of overdue) await expireHold(t, id)
  return true
}
