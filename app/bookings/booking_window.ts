import type { CalendarRules } from '#app/bookings/calendar'
import { now, today, wallTime } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'

/** Between which starts something can be booked right now (YYYY-MM-DDTHH:MM, Tokyo). */
export interface BookingWindow {
  after: string
  until: string
}

const MINUTE_MS = 60_000

/** The lead times of a calendar, as of now. */
export function bookingWindow(rules: CalendarRules, moment = now()): BookingWindow {
  return {
    after: wallTime(new Date(moment.getTime() + (rules.bookUntilMinutes ?? 0) * MINUTE_MS)),
    until: `${addDays(today(), rules.bookFromDays ?? rules.openDays)}T23:59`,
  }
}
