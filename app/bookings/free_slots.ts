import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import type Calendar from '#app/bookings/calendar'
import type { Door } from '#app/bookings/calendar'
import { bookingWindow } from '#app/bookings/booking_window'

export interface FreeSlot {
  id: string
  /** YYYY-MM-DDTHH:MM, Tokyo */
  startsAt: string
  free: number
}

export interface WantedSlots {
  door: Door
  /** times to be near to (YYYY-MM-DDTHH:MM); where there are none, the soonest */
  near: string[]
  count: number
  /** nothing before this day (YYYY-MM-DD) */
  notBefore?: string
  /** on this weekday only, 1 Monday to 7 Sunday */
  weekday?: number
  /** before or after noon only */
  half?: 'am' | 'pm'
  /** one on each day: a choice among days, not among quarters of an hour */
  oneADay?: boolean
}

/** Slots in which the door still has places, nearest to the wished times, in order of time. */
export async function freeSlots(
  calendar: Calendar,
  wanted: WantedSlots,
  client: Queries = db
): Promise<FreeSlot[]> {
  const { after, until } = bookingWindow(calendar.rules)
  const notBefore = `${wanted.notBefore ?? '0001-01-01'}T00:00`
  const { rows }: { rows: { id: string; starts_at: string; free: number }[] } =
    await client.rawQuery(
      `select id, starts_at, free from (select s.id, to_char(s.starts_at, 'YYYY-MM-DD"T"HH24:MI') as starts_at, s.starts_at as at,
         least(s.capacity - s.taken, coalesce(q.places - q.taken, s.capacity - s.taken)) as free,
         (select min(abs(extract(epoch from s.starts_at - w))) from unnest(cast(:near as timestamp[])) w) as distance,
         row_number() over (partition by s.starts_at::date order by
           (select min(abs(extract(epoch from s.starts_at - w))) from unnest(cast(:near as timestamp[])) w) nulls first, s.starts_at) as of_day
       from slots s left join quotas q on q.calendar_id = s.calendar_id and q.day = s.starts_at::date and q.door = :door
       where s.calendar_id = :calendar and s.closed_at is null and s.taken < s.capacity
         and (q.places is null or q.taken < q.places)
         and s.starts_at > cast(:after as timestamp) and s.starts_at <= cast(:until as timestamp)
         and s.starts_at >= cast(:notBefore as timestamp)
         and (:weekday = 0 or extract(isodow from s.starts_at) = :weekday)
         and (:half = '' or (extract(hour from s.starts_at) < 12) = (:half = 'am'))
       ) found where not :oneADay or of_day = 1
       order by distance nulls first, at
       limit :count`,
      {
        calendar: calendar.id,
        door: wanted.door,
        after,
        until,
        notBefore,
        near: wanted.near,
        count: wanted.count,
        weekday: wanted.weekday ?? 0,
        half: wanted.half ?? '',
        oneADay: wanted.oneADay ?? false,
      }
    )
  return rows
    .map((row) => ({ id: row.id, startsAt: row.starts_at, free: row.free }))
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt))
}
