import type Calendar from '#app/bookings/calendar'
import type { Transition } from '#app/core/transition'
import { closeSeats } from '#app/bookings/seats/give_back_seats'
import type { SlotAhead } from '#app/bookings/calendars/calendar_effects'

export type ClosureReason = 'snow' | 'storm' | 'staff' | 'other'

/** A closed day whose people are being moved. */
export interface Closure {
  calendarId: string
  /** YYYY-MM-DD */
  day: string
  byUserId: string
}

/**
 * Nothing more is booked on this day; those who have a place are to be moved, who had a seat for themselves hasn't.
 * @returns how many had one
 */
export async function openClosure(
  t: Transition,
  calendar: Calendar,
  { day, byUserId, reason }: Omit<Closure, 'calendarId'> & { reason: ClosureReason }
): Promise<number> {
  const slots: { id: string }[] = await slotsOn(t, calendar.id, day)
    .update({ closed_at: t.trx.raw('now()') })
    .returning('id')
  const seats = await closeSeats(
    t,
    slots.map(({ id }) => id),
    byUserId
  )
  const { rows }: { rows: { count: number }[] } = await t.trx.rawQuery(
    `select count(*)::int as count from bookings b join slots s on s.id = b.slot_id
     where s.calendar_id = :calendar and s.starts_at::date = :day and b.state <> 'canceled' and b.handover_id is not null`,
    { calendar: calendar.id, day }
  )
  const [{ count: affected }] = rows
  await t.trx
    .knexQuery()
    .insert({
      calendar_id: calendar.id,
      day,
      reason,
      by_user_id: byUserId,
      state: 'moving',
      affected,
    })
    .into('closures')
    .onConflict(['calendar_id', 'day'])
    .merge({ state: 'moving', reason, by_user_id: byUserId })
  t.announce(`calendars/${calendar.id}`)
  return affected + seats
}

/** Has people moved from times that a calendar's rules know no longer; the other times of their days stay open. */
export async function moveFrom(
  t: Transition,
  calendar: Calendar,
  by: { id: string },
  slots: SlotAhead[]
): Promise<void> {
  for (const day of new Set(slots.map((slot) => slot.day))) {
    const affected = slots
      .filter((slot) => slot.day === day)
      .reduce((sum, { booked }) => sum + booked, 0)
    await t.trx.rawQuery(
      `insert into closures (calendar_id, day, reason, by_user_id, state, affected)
       values (:calendar, :day, 'rules', :by, 'moving', :affected)
       on conflict (calendar_id, day) do update set state = 'moving', affected = closures.affected + excluded.affected`,
      { calendar: calendar.id, day, by: by.id, affected }
    )
  }
}

/** The closure whose people are moved next; null when all are done. */
export async function nextClosure(t: Transition): Promise<Closure | null> {
  const row: { calendar_id: string; day: string; by_user_id: string } | null = await t.trx
    .from('closures')
    .where('state', 'moving')
    .orderBy('created_at')
    .select('calendar_id', t.trx.raw(`to_char(day, 'YYYY-MM-DD') as day`), 'by_user_id')
    .first()
  return row && { calendarId: row.calendar_id, day: row.day, byUserId: row.by_user_id }
}

/** Somebody was moved, to another time or to none. */
export async function countMoved(
  t: Transition,
  closure: Closure,
  { without }: { without: boolean }
): Promise<void> {
  await own(t, closure).increment('moved', 1)
  if (without) await own(t, closure).increment('without', 1)
}

/** Nobody is left to be moved. */
export async function endClosure(t: Transition, closure: Closure): Promise<void> {
  await own(t, closure).update({ state: 'done' })
}

/** The day can be booked again. */
export async function removeClosure(t: Transition, calendar: Calendar, day: string): Promise<void> {
  await t.trx.from('closures').where({ calendar_id: calendar.id, day }).delete()
  await slotsOn(t, calendar.id, day).where('left_out', false).update({ closed_at: null })
  t.announce(`calendars/${calendar.id}`)
}

function own(t: Transition, { calendarId, day }: Closure) {
  return t.trx.from('closures').where({ calendar_id: calendarId, day })
}

function slotsOn(t: Transition, calendarId: string, day: string) {
  return t.trx.from('slots').where('calendar_id', calendarId).whereRaw('starts_at::date = ?', [day])
}
