import type { CalendarRules, Hours } from '#app/bookings/calendar'
import { addDays, isPublicHoliday, weekday } from '#app/core/japanese_calendar'

/**
 * Open on its weekdays, but not on public holidays, at the turn of the year, or when closed; and on the single days that
 * the rules name, unless the center is closed.
 * @param own days on which the center is closed, as on a holiday
 */
export function isOpen(
  rules: CalendarRules,
  day: string,
  own: ReadonlySet<string> = new Set()
): boolean {
  if (rules.closures.includes(day)) return false
  if (rules.days?.[day]) return rules.openOnHolidays === true || !own.has(day)
  if (!rules.weekdays.includes(weekday(day))) return false
  const { from, to } = rules.turnOfYear ?? { from: '12-29', to: '01-03' }
  const monthDay = day.slice(5)
  if (monthDay >= from || monthDay <= to) return false
  return rules.openOnHolidays === true || !(isPublicHoliday(day) || own.has(day))
}

/** The hours of a day: its own, or by its weekday. */
function hoursOf(rules: CalendarRules, day: string): Hours {
  return rules.days?.[day] ?? rules.hours?.[String(weekday(day))] ?? rules
}

/** Start times of a day, HH:MM. */
export function startTimes(rules: CalendarRules, day: string): string[] {
  const { from, to } = hoursOf(rules, day)
  const count = Math.floor((minutesOf(to) - minutesOf(from)) / rules.everyMinutes) + 1
  return Array.from({ length: count }, (_, index) =>
    timeOf(minutesOf(from) + index * rules.everyMinutes)
  )
}

/** Counts the times that rules have open at once, at the most. */
export function timesAhead({ days = {}, ...weekly }: CalendarRules): number {
  // 2026-01-05 was a Monday.
  const usual = weekly.weekdays.map((one) => startTimes(weekly, addDays('2026-01-04', one)).length)
  const single = Object.values(days).map(
    (hours) => startTimes({ ...weekly, ...hours, hours: {} }, '2026-01-05').length
  )
  return Math.max(...usual) * weekly.openDays + single.reduce((sum, starts) => sum + starts, 0)
}

/** Places of each time of a day; seats of a vehicle. */
export function capacityOn(rules: CalendarRules, day: string): number {
  return rules.days?.[day]?.capacity ?? rules.capacity
}

/** Places of a whole day, whether it is open or not. */
export function placesOn(rules: CalendarRules, day: string): number {
  return startTimes(rules, day).length * capacityOn(rules, day)
}

/** Minutes since midnight, from HH:MM. */
function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Stretches between neighboring stops; none where nothing is ridden. */
export function legCount(rules: CalendarRules): number {
  return Math.max((rules.stops?.length ?? 0) - 1, 0)
}
