import db from '@adonisjs/lucid/services/db'
import { today } from '#app/core/clock'

/** Tells how full these calendars are from today on, day by day. */
export function daysOf(calendarIds: string[]) {
  return db
    .from('slots')
    .whereIn('calendar_id', calendarIds)
    .where('starts_at', '>=', today())
    .groupByRaw('calendar_id, starts_at::date')
    .orderByRaw('starts_at::date')
    .select(
      'calendar_id',
      db.raw('starts_at::date as day'),
      db.raw('sum(capacity)::int as capacity'),
      db.raw('sum(taken)::int as taken')
    )
}
