import type { Deadline } from '#app/catalog/acceptance_rules'
import { addDays, isPublicHoliday, isRealDate, weekday } from '#app/core/japanese_calendar'

/** Days that our letter, the resident and the answer take together, at the least. */
const ROUND_TRIP_DAYS = 6

/** The day by which a paper must have arrived (YYYY-MM-DD); null where the date it counts from isn't known. */
export function deadlineOf(rule: Deadline, value: (key: string) => string): string | null {
  const from = value(rule.after)
  if (!isRealDate(from)) return null
  const two = (number: number) => String(number).padStart(2, '0')
  return `${Number(from.slice(0, 4)) + 1}-${two(rule.month)}-${two(rule.day)}`
}

/** The last day up to a deadline on which ordinary letters are delivered: no Saturday, Sunday or holiday. */
export function lastPostBefore(deadline: string): string {
  let day = deadline
  while (weekday(day) >= 6 || isPublicHoliday(day)) day = addDays(day, -1)
  return day
}

/** Whether somebody who is asked by letter today can still answer by post in time. */
export function canStillAnswer(deadline: string, today: string): boolean {
  return addDays(today, ROUND_TRIP_DAYS) <= lastPostBefore(deadline)
}
