import db from '@adonisjs/lucid/services/db'
import { bookingWindow } from '#app/bookings/booking_window'
import Calendar from '#app/bookings/calendar'
import type User from '#app/people/user'
import { today } from '#app/core/clock'

/** A time of a room, for whoever looks. */
interface SeatTime {
  id: string
  /** HH:MM */
  time: string
  free: number
  own: boolean
  bookable: boolean
}

interface OwnSeat {
  id: string
  calendarId: string
  /** YYYY-MM-DD, HH:MM */
  day: string
  time: string
  places: number
  state: 'booked' | 'closed'
}

/** No calendar is open for longer: whatever is ahead was booked since then. */
export const BOOKED_WITHIN_DAYS = 370

/** The rooms in which seats are booked, by name. */
export function seatCalendars(): Promise<Calendar[]> {
  return Calendar.query().where('kind', 'seats').orderBy('slug')
}

/** Lists the seats that somebody has from today on, and those that a closure took from them. */
export async function ownSeats(user: User): Promise<OwnSeat[]> {
  const { rows } = await db.rawQuery<{ rows: OwnSeat[] }>(
    `select b.id, s.calendar_id as "calendarId", to_char(s.starts_at, 'YYYY-MM-DD') as day,
       to_char(s.starts_at, 'HH24:MI') as time, b.places, b.state
     from seat_bookings b join slots s on s.id = b.slot_id
     where b.user_id = :user and b.created_at > now() - make_interval(days => :days) and s.starts_at >= cast(:today as date)
       and (b.state = 'booked' or b.state = 'closed' and s.closed_at is not null)
     order by s.starts_at, s.id`,
    { user: user.id, today: today(), days: BOOKED_WITHIN_DAYS }
  )
  return rows
}

/** Days that are shown at once. */
const DAYS = 15

/**
 * Lists some days of a room that can be booked now, each with how many seats are free, and the first of the next days.
 * @param from YYYY-MM-DD
 */
export async function seatDays(
  calendar: Calendar,
  from: string
): Promise<{ days: { day: string; free: number }[]; next: string | null }> {
  const { after, until } = bookingWindow(calendar.rules)
  const { rows } = await db.rawQuery<{ rows: { day: string; free: number }[] }>(
    `select to_char(starts_at, 'YYYY-MM-DD') as day, sum(case when closed_at is null then capacity - taken else 0 end)::int as free
     from slots where calendar_id = :calendar and starts_at > :after and starts_at <= :until and not left_out
       and starts_at >= cast(:from as date)
     group by 1 order by 1 limit :limit`,
    { calendar: calendar.id, after, until, from, limit: DAYS + 1 }
  )
  return { days: rows.slice(0, DAYS), next: rows[DAYS]?.day ?? null }
}

/** Lists the times of one day of a room. */
export async function seatTimes(user: User, calendar: Calendar, day: string): Promise<SeatTime[]> {
  const { after, until } = bookingWindow(calendar.rules)
  const { rows } = await db.rawQuery<{ rows: SeatTime[] }>(
    `select s.id, to_char(s.starts_at, 'HH24:MI') as time, s.capacity - s.taken as free,
       exists (select 1 from seat_bookings b where b.slot_id = s.id and b.user_id = :user and b.state = 'booked') as own,
       s.closed_at is null and s.starts_at > :after and s.starts_at <= :until as bookable
     from slots s where s.calendar_id = :calendar and s.starts_at::date = cast(:day as date) and not s.left_out
     order by s.starts_at`,
    { user: user.id, calendar: calendar.id, day, after, until }
  )
  return rows
}

/** Lists who has a seat on a day of a room, at which times, and for how many where that is more than one. */
export async function whoSits(
  calendarId: string,
  day: string
): Promise<{ name: string; times: string }[]> {
  const { rows } = await db.rawQuery<{ rows: { name: string; times: string }[] }>(
    `select u.display_name as name, string_agg(to_char(s.starts_at, 'HH24:MI') || case when b.places > 1 then format(' (%s)', b.places) else '' end, '、' order by s.starts_at) as times
     from seat_bookings b join slots s on s.id = b.slot_id join users u on u.id = b.user_id
     where s.calendar_id = :calendar and s.starts_at::date = cast(:day as date) and b.state = 'booked'
     group by u.id order by min(s.starts_at), u.display_name`,
    { calendar: calendarId, day }
  )
  return rows
}
