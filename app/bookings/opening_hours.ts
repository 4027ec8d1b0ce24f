import type { CalendarRules, Hours } from '#app/bookings/calendar'

export interface OpeningHours extends Hours {
  days: 'week' | 'workdays' | 'saturday' | 'sunday' | 'some'
}

/** The hours of a calendar as people say them: every day, on workdays, on Saturdays, on Sundays. */
export function openingHours(rules: CalendarRules): OpeningHours[] {
  const { from, to, weekdays, hours = {} } = rules
  const special = ([6, 7] as const).filter((day) => hours[String(day)] && weekdays.includes(day))
  const whole = weekdays.length === 7
  const days = !whole ? 'some' : special.length === 2 ? 'workdays' : 'week'
  return [
    { days, from, to },
    ...special.map((day): OpeningHours => ({
      days: day === 6 ? 'saturday' : 'sunday',
      ...hours[String(day)],
    })),
  ]
}
