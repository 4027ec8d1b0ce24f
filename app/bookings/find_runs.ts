import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import type Calendar from '#app/bookings/calendar'
import type { CalendarRules } from '#app/bookings/calendar'
import { bookingWindow } from '#app/bookings/booking_window'

export interface Run {
  slotId: string
  calendar: Calendar
  /** YYYY-MM-DDTHH:MM, Tokyo, at the stop where the riders get on, and off */
  boardsAt: string
  leavesAt: string
  legs: { from: number; to: number }
  /** seats left on the fullest leg */
  free: number
}

export interface WantedRuns {
  from: number
  to: number
  seats: number
  /** YYYY-MM-DDTHH:MM; the runs nearest to it */
  near: string | null
  count: number
}

/** Finds the legs of a vehicle from one stop to another; null where it doesn't go that way. */
export function legsBetween(rules: CalendarRules, from: number, to: number) {
  const start = rules.stops?.indexOf(from) ?? -1
  const end = rules.stops?.indexOf(to) ?? -1
  return start >= 0 && end > start ? { from: start, to: end } : null
}

/** Runs of these vehicles with enough seats on every leg between two stops, in order of time. */
export async function findRuns(
  calendars: Calendar[],
  wanted: WantedRuns,
  client: Queries = db
): Promise<Run[]> {
  const found: Run[] = []
  for (const calendar of calendars) {
    const legs = legsBetween(calendar.rules, wanted.from, wanted.to)
    if (!legs) continue
    const { after, until } = bookingWindow(calendar.rules)
    const perStop = calendar.rules.minutesBetweenStops ?? 0
    const { rows }: { rows: { id: string; boards: string; leaves: string; free: number }[] } =
      await client.rawQuery(
        `select s.id, to_char(s.starts_at + make_interval(mins => :before), 'YYYY-MM-DD"T"HH24:MI') as boards,
           to_char(s.starts_at + make_interval(mins => :whole), 'YYYY-MM-DD"T"HH24:MI') as leaves, l.free
         from slots s join lateral (
           select min(capacity - taken)::int as free from legs where slot_id = s.id and number >= :from and number < :to
         ) l on true
         where s.calendar_id = :calendar and s.closed_at is null and l.free >= :seats
           and s.starts_at + make_interval(mins => :before) > cast(:after as timestamp) and s.starts_at <= cast(:until as timestamp)
         order by abs(extract(epoch from s.starts_at + make_interval(mins => :before) - cast(nullif(:near, '') as timestamp))) nulls first, s.starts_at
         limit :count`,
        {
          calendar: calendar.id,
          before: legs.from * perStop,
          whole: legs.to * perStop,
          from: legs.from,
          to: legs.to,
          seats: wanted.seats,
          after,
          until,
          near: wanted.near ?? '',
          count: wanted.count,
        }
      )
    found.push(
      ...rows.map((row) => ({
        slotId: row.id,
        calendar,
        boardsAt: row.boards,
        leavesAt: row.leaves,
        legs,
        free: row.free,
      }))
    )
  }
  const distance = (run: Run) =>
    wanted.near ? Math.abs(Date.parse(run.boardsAt) - Date.parse(wanted.near)) : 0
  return found
    .sort((a, b) => distance(a) - distance(b) || a.boardsAt.localeCompare(b.boardsAt))
    .slice(0, wanted.count)
    .sort((a, b) => a.boardsAt.localeCompare(b.boardsAt))
}
