import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import Calendar from '#app/bookings/calendar'
import { endShares, openQuotas } from '#app/bookings/shares'
import { capacityOn, isOpen, legCount, startTimes } from '#app/bookings/slot_times'
import { closedDays } from '#app/core/center_settings'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { inParts } from '#app/core/in_parts'
import { addDays } from '#app/core/japanese_calendar'

/**
 * Opens the slots of a calendar from tomorrow to as far ahead as its rules say, with the shares of the
 * doors and the legs of rides. Those that are there stay.
 */
export async function openSlots(calendar: Calendar, client: Queries = db): Promise<number> {
  const { rules } = calendar
  if (calendar.kind === 'hours') return 0
  const from = today()
  const own = await closedDays(client)
  const legs = legCount(rules)
  const days = Array.from({ length: rules.openDays }, (_, index) =>
    addDays(from, index + 1)
  ).filter((day) => isOpen(rules, day, own))
  const slots = days.flatMap((day) =>
    startTimes(rules, day).map((time) => ({
      id: newId(),
      calendar_id: calendar.id,
      starts_at: `${day}T${time}:00`,
      capacity: capacityOn(rules, day) * Math.max(legs, 1),
    }))
  )
  if (slots.length === 0) return 0
  const inserted: { id: string }[] = []
  for (const part of inParts(slots))
    inserted.push(
      ...(await client
        .knexQuery()
        .insert(part)
        .into('slots')
        .onConflict(['calendar_id', 'starts_at'])
        .ignore()
        .returning('id'))
    )
  await bringBack(
    calendar,
    slots.map(({ starts_at }) => starts_at),
    client
  )
  const places = new Map(slots.map(({ id, capacity }) => [id, capacity / Math.max(legs, 1)]))
  const stretches = inserted.flatMap(({ id }) =>
    Array.from({ length: legs }, (_, number) => ({
      slot_id: id,
      number,
      capacity: places.get(id),
    }))
  )
  for (const part of inParts(stretches)) await client.table('legs').multiInsert(part)
  await openQuotas(calendar, days, client)
  // A day that was closed before its slots were opened stays closed.
  await client.rawQuery(
    `update slots s set closed_at = now() from closures c
     where s.calendar_id = ? and c.calendar_id = s.calendar_id and c.day = s.starts_at::date and c.reason <> 'rules' and s.closed_at is null`,
    [calendar.id]
  )
  return inserted.length
}

/** Opens times again that earlier rules didn't know, and that the rules know once more. */
async function bringBack(calendar: Calendar, starts: string[], client: Queries): Promise<void> {
  await client.rawQuery(
    `update slots set left_out = false, closed_at = null
     where calendar_id = :calendar and left_out and starts_at = any(cast(:starts as timestamp[]))`,
    { calendar: calendar.id, starts }
  )
}

/** Opens the slots of every calendar, and ends shares whose time is over; run some times a day. */
export async function openAllSlots(): Promise<void> {
  for (const calendar of await Calendar.all()) {
    await openSlots(calendar)
    await endShares(calendar)
  }
}
