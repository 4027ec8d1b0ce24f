import db from '@adonisjs/lucid/services/db'
import Calendar from '#app/bookings/calendar'
import { isOpen } from '#app/bookings/slot_times'
import { closedDays } from '#app/core/center_settings'
import { today } from '#app/core/clock'

/** A day whose times had been opened before somebody said that the center is closed on it. */
export interface StillOpen {
  calendar: Calendar
  /** YYYY-MM-DD */
  day: string
  /** places that are taken */
  taken: number
}

/** Lists the days ahead on which the center is closed by its own word and a calendar has times all the same. */
export async function stillOpen(): Promise<StillOpen[]> {
  const own = await closedDays()
  const ahead = [...own].filter((day) => day > today())
  if (ahead.length === 0) return []
  const { rows } = await db.rawQuery<{ rows: { id: string; day: string; taken: number }[] }>(
    `select calendar_id as id, d.day, sum(s.taken)::int as taken
     from unnest(cast(:ahead as text[])) d (day)
       join slots s on s.starts_at >= d.day::date and s.starts_at < d.day::date + 1
     where s.closed_at is null and not s.left_out
     group by 1, 2 order by 2, 1`,
    { ahead }
  )
  const calendars = await Calendar.query().whereIn(
    'id',
    rows.map(({ id }) => id)
  )
  return rows.flatMap(({ id, day, taken }) => {
    const calendar = calendars.find((one) => one.id === id)
    return calendar && !isOpen(calendar.rules, day, own) ? [{ calendar, day, taken }] : []
  })
}
