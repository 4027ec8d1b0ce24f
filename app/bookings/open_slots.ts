import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import Calendar, { DOORS, type CalendarRules, type Hours } from '#app/bookings/calendar'
import { apportion } from '#app/bookings/apportion'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { addDays, isOfficeClosed, isPublicHoliday, weekday } from '#app/core/japanese_calendar'

/**
 * Opens the slots of a calendar from tomorrow to as far ahead as its rules say, with the shares of the
 * doors and the legs of rides. Those that are there stay.
 */
export async function openSlots(calendar: Calendar, client: Queries = db): Promise<number> {
  const { rules } = calendar
  if (calendar.kind === 'hours') return 0
  const from = today()
  const legs = legCount(rules)
  const days = Array.from({ length: rules.openDays }, (_, index) =>
    addDays(from, index + 1)
  ).filter((day) => isOpen(rules, day))
  const slots = days.flatMap((day) =>
    startTimes(rules, day).map((time) => ({
      id: newId(),
      calendar_id: calendar.id,
      starts_at: `${day}T${time}:00`,
      capacity: rules.capacity * Math.max(legs, 1),
    }))
  )
  if (slots.length === 0) return 0
  const inserted: { id: string }[] = await client
    .knexQuery()
    .insert(slots)
    .into('slots')
    .onConflict(['calendar_id', 'starts_at'])
    .ignore()
    .returning('id')
  if (legs > 0 && inserted.length > 0) {
    await client.table('legs').multiInsert(
      inserted.flatMap(({ id }) =>
        Array.from({ length: legs }, (_, number) => ({
          slot_id: id,
          number,
          capacity: rules.capacity,
        }))
      )
    )
  }
  await openQuotas(calendar, days, client)
  // A day that was closed before its slots were opened stays closed.
  await client.rawQuery(
    `update slots s set closed_at = now() from closures c
     where s.calendar_id = ? and c.calendar_id = s.calendar_id and c.day = s.starts_at::date and s.closed_at is null`,
    [calendar.id]
  )
  return inserted.length
}

async function openQuotas(calendar: Calendar, days: string[], client: Queries): Promise<void> {
  const { shares } = calendar.rules
  if (!shares) return
  const taken = await takenByDoor(calendar.id, client)
  const rows = days.flatMap((day) => {
    const places = startTimes(calendar.rules, day).length * calendar.rules.capacity
    const parts = apportion(
      places,
      DOORS.map((door) => shares[door])
    )
    return DOORS.map((door, index) => {
      const before = taken.get(`${day} ${door}`) ?? 0
      return {
        calendar_id: calendar.id,
        day,
        door,
        places: Math.max(parts[index], before),
        taken: before,
      }
    })
  })
  await client
    .knexQuery()
    .insert(rows)
    .into('quotas')
    .onConflict(['calendar_id', 'day', 'door'])
    .ignore()
}

/** Counts what had been taken before a calendar was given shares, by day and door. */
async function takenByDoor(calendarId: string, client: Queries): Promise<Map<string, number>> {
  const { rows } = await client.rawQuery<{ rows: { day: string; door: string; places: number }[] }>(
    `select to_char(s.starts_at, 'YYYY-MM-DD') as day, b.door, sum(b.places)::int as places
     from bookings b join slots s on s.id = b.slot_id
     where s.calendar_id = ? and b.state <> 'canceled' group by 1, 2`,
    [calendarId]
  )
  return new Map(rows.map((row) => [`${row.day} ${row.door}`, row.places]))
}

/** Opens the slots of every calendar; run daily. */
export async function openAllSlots(): Promise<void> {
  for (const calendar of await Calendar.all()) await openSlots(calendar)
}

/** Open on its weekdays, but not on public holidays, at the turn of the year, or when closed. */
export function isOpen(rules: CalendarRules, day: string): boolean {
  if (!rules.weekdays.includes(weekday(day)) || rules.closures.includes(day)) return false
  if (!rules.openOnHolidays && !rules.turnOfYear) return !isOfficeClosed(day)
  const { from, to } = rules.turnOfYear ?? { from: '12-29', to: '01-03' }
  const monthDay = day.slice(5)
  if (monthDay >= from || monthDay <= to) return false
  return rules.openOnHolidays === true || !isPublicHoliday(day)
}

/** The hours of a day, by its weekday. */
function hoursOf(rules: CalendarRules, day: string): Hours {
  return rules.hours?.[String(weekday(day))] ?? rules
}

/** Start times of a day, HH:MM. */
export function startTimes(rules: CalendarRules, day: string): string[] {
  const { from, to } = hoursOf(rules, day)
  const count = Math.floor((minutesOf(to) - minutesOf(from)) / rules.everyMinutes) + 1
  return Array.from({ length: count }, (_, index) =>
    timeOf(minutesOf(from) + index * rules.everyMinutes)
  )
}

/** Minutes since midnight, from HH:MM. */
function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Stretches between neighboring stops; none where nothing is ridden. */
function legCount(rules: CalendarRules): number {
  return Math.max((rules.stops?.length ?? 0) - 1, 0)
}
