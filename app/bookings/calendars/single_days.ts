import type { CalendarRules, SingleDay } from '#app/bookings/calendar'
import type { CalendarProblems, TypedCalendar } from '#app/bookings/calendars/calendar_form'
import { isRealDate } from '#app/core/japanese_calendar'
import { TIME_OF_DAY } from '#app/core/time_of_day'
import { typedNumber } from '#app/core/typed_number'

/** Empty rows that a form offers beside those that are filled in. */
const SPARE = 3
/** Single days that a calendar may have: a year of weekends. */
export const MAX_SINGLE_DAYS = 120
const MAX_CAPACITY = 1000
const PARTS = ['day', 'from', 'to', 'capacity'] as const
type Row = Record<(typeof PARTS)[number], string>

const fieldOf = (part: string, row: number) => `single_${part}_${row}`

/** Numbers the rows that a form shows: those that say something, and some to be filled in. */
export function singleRows(typed: TypedCalendar): number[] {
  const last = Array.from({ length: MAX_SINGLE_DAYS }, (_, index) => index + 1).findLast((row) =>
    isFilled(rowOf(typed, row))
  )
  return Array.from(
    { length: Math.min((last ?? 0) + SPARE, MAX_SINGLE_DAYS) },
    (_, index) => index + 1
  )
}

/**
 * Reads the days on which a calendar has hours of its own: `single_day_1` (YYYY-MM-DD), `single_from_1`, `single_to_1`
 * (HH:MM) and, where there are other places too, `single_capacity_1`.
 */
export function singleDaysIn(
  typed: TypedCalendar,
  closures: string[],
  problems: CalendarProblems
): Pick<CalendarRules, 'days'> {
  const days: Record<string, SingleDay> = {}
  for (const number of singleRows(typed)) {
    const { day, capacity, ...row } = rowOf(typed, number)
    if (!isFilled({ day, capacity, ...row })) continue
    const [from, to] = [row.from, row.to].map((time) => time.padStart(5, '0'))
    const places = capacity ? typedNumber(capacity) : undefined
    const fault = !isRealDate(day)
      ? 'single_day'
      : days[day]
        ? 'single_twice'
        : closures.includes(day)
          ? 'single_closed'
          : !TIME_OF_DAY.test(from) || !TIME_OF_DAY.test(to) || from > to
            ? 'hours'
            : places !== undefined && !(places >= 1 && places <= MAX_CAPACITY)
              ? 'number'
              : null
    if (fault) problems[`single_${number}`] = fault
    else days[day] = { from, to, ...(places === undefined ? {} : { capacity: places }) }
  }
  return Object.keys(days).length > 0 ? { days } : {}
}

/** Shows them as the form has them, the first day first. */
export function typedDays(days: Record<string, SingleDay> = {}): TypedCalendar {
  return Object.fromEntries(
    Object.keys(days)
      .sort()
      .flatMap((day, index) => {
        const { from, to, capacity } = days[day]
        const row = { day, from, to, capacity: capacity === undefined ? '' : String(capacity) }
        return PARTS.map((part) => [fieldOf(part, index + 1), row[part]])
      })
  )
}

function rowOf(typed: TypedCalendar, number: number): Row {
  const read = (part: string) => (typed[fieldOf(part, number)] ?? '').normalize('NFKC').trim()
  return { day: read('day'), from: read('from'), to: read('to'), capacity: read('capacity') }
}

const isFilled = (row: Row) => PARTS.some((part) => row[part] !== '')
