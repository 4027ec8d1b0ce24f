import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/shared/queries'
import Calendar, { type CalendarRules } from '#app/bookings/calendar'
import { today } from '#app/shared/clock'
import { newId } from '#app/shared/ids'
import { addDays, isOfficeClosed, weekday } from '#app/shared/japanese_calendar'

/** Opens the slots of a calendar from tomorrow to as far ahead as its rules say. Those that are there stay. */
export async function openSlots(calendar: Calendar, client: Queries = db): Promise<number> {
  const from = today()
  const rows = Array.from({ length: calendar.rules.openDays }, (_, index) =>
    addDays(from, index + 1)
  )
    .filter((day) => isOpen(calendar.rules, day))
    .flatMap((day) =>
      startTimes(calendar.rules).map((time) => ({
        id: newId(),
        calendar_id: calendar.id,
        starts_at: `${day}T${time}:00`,
        capacity: calendar.rules.capacity,
      }))
    )
  if (rows.length === 0) return 0
  const inserted = await client
    .knexQuery()
    .insert(rows)
    .into('slots')
    .onConflict(['calendar_id', 'starts_at'])
    .ignore()
    .returning('id')
  return inserted.length
}

/** Opens the slots of every calendar; run daily. */
export async function openAllSlots(): Promise<void> {
  for (const calendar of await Calendar.all()) await openSlots(calendar)
}

/** Open on its weekdays, but not on public holidays, at the turn of the year, or when closed. */
export function isOpen(rules: CalendarRules, day: string): boolean {
  return (
    rules.weekdays.includes(weekday(day)) && !isOfficeClosed(day) && !rules.closures.includes(day)
  )
}

/** Start times of a day, HH:MM. */
export function startTimes(rules: CalendarRules): string[] {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const count = Math.floor((minutes(rules.to) - minutes(rules.from)) / rules.everyMinutes) + 1
  return Array.from({ length: count }, (_, index) => {
    const at = minutes(rules.from) + index * rules.everyMinutes
    return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
  })
}
