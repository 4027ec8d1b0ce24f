import vine from '@vinejs/vine'
import type Calendar from '#app/bookings/calendar'
import { DOORS, type CalendarRules, type Door, type Hours } from '#app/bookings/calendar'
import { timesAhead } from '#app/bookings/slot_times'
import { singleDaysIn, typedDays } from '#app/bookings/calendars/single_days'
import { isRealDate } from '#app/core/japanese_calendar'
import { TIME_OF_DAY } from '#app/core/time_of_day'
import { typedNumber } from '#app/core/typed_number'

/** The fields of a calendar's form, as they were typed. */
export type TypedCalendar = Record<string, string>

/** Faults by the name of the field that can't be taken: the key of each one's words. */
export type CalendarProblems = Record<string, string>

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]
/** Places that one calendar may have open at once; more is a slip of the keys. */
const MAX_SLOTS = 20_000

export const calendarValidator = vine.create(vine.record(vine.string().maxLength(5000).nullable()))

/** The numbers of the rules, by field: the least and the most; those that may be left out have no other sense then. */
const NUMBERS: Record<
  string,
  { of: keyof CalendarRules; min: number; max: number; optional?: true }
> = {
  every_minutes: { of: 'everyMinutes', min: 5, max: 1440 },
  capacity: { of: 'capacity', min: 1, max: 1000 },
  open_days: { of: 'openDays', min: 1, max: 366 },
  book_from_days: { of: 'bookFromDays', min: 1, max: 366, optional: true },
  book_until_minutes: { of: 'bookUntilMinutes', min: 0, max: 43_200, optional: true },
  remind_days: { of: 'remindDays', min: 1, max: 30, optional: true },
  shares_until_days: { of: 'sharesUntilDays', min: 1, max: 366, optional: true },
  minutes_between_stops: { of: 'minutesBetweenStops', min: 1, max: 120, optional: true },
}
/** Of opening hours nothing is booked: their numbers mean nothing. */
const HOURS_ONLY = { everyMinutes: 60, capacity: 1, openDays: 0 }

/**
 * Makes rules out of what was typed into the form; says of every field that can't be taken, why.
 * @param stops numbers of the stops that the client has
 */
export function rulesFrom(
  kind: Calendar['kind'],
  typed: TypedCalendar,
  stops: number[]
): { rules: CalendarRules; problems: CalendarProblems } {
  const problems: CalendarProblems = {}
  const numbers = kind === 'hours' ? HOURS_ONLY : numbersIn(kind, typed, problems)
  const closures = daysIn(typed, problems)
  const rules = {
    ...hoursIn(typed, problems),
    ...numbers,
    closures,
    ...(kind === 'hours' ? {} : singleDaysIn(typed, closures, problems)),
    ...yearIn(typed, problems),
    ...(kind === 'places' ? sharesIn(typed, problems) : {}),
    ...(kind === 'rides' ? stopsIn(typed, stops, problems) : {}),
  } as CalendarRules
  if (Object.keys(problems).length === 0 && kind !== 'hours' && timesAhead(rules) > MAX_SLOTS)
    problems.open_days = 'too_many'
  return { rules, problems }
}

function numbersIn(kind: string, typed: TypedCalendar, problems: CalendarProblems) {
  const found: Partial<Record<keyof CalendarRules, number>> = {}
  for (const [field, { of, min, max, optional }] of Object.entries(NUMBERS)) {
    const text = typed[field] ?? ''
    if (text.trim() === '' && optional && !(kind === 'rides' && of === 'minutesBetweenStops'))
      continue
    const number = typedNumber(text)
    if (Number.isNaN(number) || number < min || number > max) problems[field] = 'number'
    else found[of] = number
  }
  return found
}

/** The hours of each weekday; those that most days share are the calendar's, others are said by weekday. */
function hoursIn(typed: TypedCalendar, problems: CalendarProblems) {
  const open = WEEKDAYS.filter((day) => typed[`day_${day}`])
  if (open.length === 0) problems.weekdays = 'no_weekday'
  const days = open.map((day) => {
    const [from, to] = ['from', 'to'].map((edge) =>
      (typed[`${edge}_${day}`] ?? '').normalize('NFKC').trim().padStart(5, '0')
    )
    if (!TIME_OF_DAY.test(from) || !TIME_OF_DAY.test(to) || from > to) problems.weekdays ??= 'hours'
    return { day, from, to }
  })
  const sameAs = (hours: Hours) =>
    days.filter((one) => one.from === hours.from && one.to === hours.to)
  const usual = [...days].sort((a, b) => sameAs(b).length - sameAs(a).length)[0] ?? {
    from: '',
    to: '',
  }
  const others = days.filter((one) => !sameAs(usual).includes(one))
  return {
    weekdays: open,
    from: usual.from,
    to: usual.to,
    ...(others.length > 0
      ? { hours: Object.fromEntries(others.map(({ day, from, to }) => [day, { from, to }])) }
      : {}),
  }
}

/** The days on which it is closed, a line each: 2027-03-21 or 2027/3/21. */
function daysIn(typed: TypedCalendar, problems: CalendarProblems): string[] {
  const lines = (typed.closures ?? '')
    .normalize('NFKC')
    .split(/[\s、,]+/)
    .filter(Boolean)
  const days = lines.map((line) => {
    const [year, month, day] = line.split(/[-/]/)
    return [year, month?.padStart(2, '0'), day?.padStart(2, '0')].join('-')
  })
  if (!days.every(isRealDate)) problems.closures = 'closures'
  return [...new Set(days)].sort()
}

function yearIn(typed: TypedCalendar, problems: CalendarProblems) {
  const [from, to] = ['turn_from', 'turn_to'].map((field) =>
    (typed[field] ?? '').normalize('NFKC').trim()
  )
  const holidays = typed.open_on_holidays ? { openOnHolidays: true } : {}
  if (from === '' && to === '') return holidays
  const real = (day: string) => /^\d\d-\d\d$/.test(day) && isRealDate(`2028-${day}`)
  // It ends the one year and begins the next: otherwise nearly every day lay in it.
  if (!real(from) || !real(to) || from < '07-01' || to > '06-30')
    problems.turn_from = 'turn_of_year'
  return { ...holidays, turnOfYear: { from, to } }
}

function sharesIn(typed: TypedCalendar, problems: CalendarProblems) {
  if (!typed.shared) return {}
  const shares = Object.fromEntries(
    DOORS.map((door) => [door, typedNumber(typed[`share_${door}`] ?? '')])
  ) as Record<Door, number>
  const sum = Object.values(shares).reduce((total, share) => total + share, 0)
  if (sum !== 100) problems.share_web = 'shares'
  return { shares }
}

function stopsIn(typed: TypedCalendar, known: number[], problems: CalendarProblems) {
  const stops = (typed.stops ?? '')
    .split(/[\s、,,→]+/)
    .filter(Boolean)
    .map(typedNumber)
  if (stops.length < 2 || new Set(stops).size < stops.length) problems.stops = 'stops'
  else if (!stops.every((stop) => known.includes(stop))) problems.stops = 'unknown_stop'
  return { stops }
}

/** Shows rules as the form has them. */
export function typedFrom({ name, rules }: Pick<Calendar, 'name' | 'rules'>): TypedCalendar {
  const text = (value: unknown) => (value === undefined ? '' : String(value))
  return {
    name_ja: name.ja,
    name_en: name.en,
    ...Object.fromEntries(
      WEEKDAYS.flatMap((day) => {
        const { from, to } = rules.hours?.[String(day)] ?? rules
        return [
          [`day_${day}`, rules.weekdays.includes(day) ? 'yes' : ''],
          [`from_${day}`, from],
          [`to_${day}`, to],
        ]
      })
    ),
    ...Object.fromEntries(
      Object.entries(NUMBERS).map(([field, { of }]) => [field, text(rules[of])])
    ),
    closures: (rules.closures ?? []).join('\n'),
    ...typedDays(rules.days),
    open_on_holidays: rules.openOnHolidays ? 'yes' : '',
    turn_from: text(rules.turnOfYear?.from),
    turn_to: text(rules.turnOfYear?.to),
    shared: rules.shares ? 'yes' : '',
    ...Object.fromEntries(DOORS.map((door) => [`share_${door}`, text(rules.shares?.[door])])),
    stops: (rules.stops ?? []).join('、'),
  }
}

/** The fields that a new calendar's form begins with. */
export const NEW_CALENDAR: TypedCalendar = {
  ...Object.fromEntries(
    WEEKDAYS.flatMap((day) => [
      [`day_${day}`, day <= 5 ? 'yes' : ''],
      [`from_${day}`, '09:00'],
      [`to_${day}`, '16:00'],
    ])
  ),
  every_minutes: '15',
  capacity: '1',
  open_days: '60',
}
