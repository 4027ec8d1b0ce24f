import { CalendarSchema } from '#database/schema'
import type { Text } from '#app/catalog/description'

/** The ways by which people reach a place: each has its share of the day. */
export const DOORS = ['web', 'phone', 'counter', 'paper'] as const
export type Door = (typeof DOORS)[number]

export interface Hours {
  /** HH:MM, first start */
  from: string
  /** HH:MM, last start; for opening hours the end */
  to: string
}

/** The hours of one day, and its places where they are others than usual. */
export interface SingleDay extends Hours {
  capacity?: number
}

/** The rules of a calendar's slots. Dates are Tokyo's. */
export interface CalendarRules extends Hours {
  /** 1 Monday to 7 Sunday */
  weekdays: number[]
  /** other hours on some weekdays */
  hours?: Record<string, Hours>
  /** days (YYYY-MM-DD) that are open whatever their weekday, with hours of their own */
  days?: Record<string, SingleDay>
  everyMinutes: number
  /** places of a slot; seats of a vehicle */
  capacity: number
  /** how far ahead slots are opened (days) */
  openDays: number
  closures: string[]
  /** open on public holidays too, and closed at the turn of the year between these days only (MM-DD) */
  openOnHolidays?: boolean
  turnOfYear?: { from: string; to: string }
  /** percent of each day's places that are kept for a door; without it all doors share them */
  shares?: Record<Door, number>
  /** from so many days before on, all doors share what is left of a day */
  sharesUntilDays?: number
  /** can be booked from so many days before */
  bookFromDays?: number
  /** and until so many minutes before */
  bookUntilMinutes?: number
  /** a postcard goes out so many days before */
  remindDays?: number
  /** rides: numbers of the stops in their order, and the minutes from one to the next */
  stops?: number[]
  minutesBetweenStops?: number
}

/** The kinds of calendar: places for residents, rides, opening hours, seats for those who work here. */
export const CALENDAR_KINDS = ['places', 'rides', 'hours', 'seats'] as const

/** A calendar to book in; `hours` only tells when somebody is there. */
export default class Calendar extends CalendarSchema {
  declare name: Text
  declare rules: CalendarRules
  declare kind: (typeof CALENDAR_KINDS)[number]

  /** Whether those who work here book in it for themselves, and not residents. */
  get isForStaff(): boolean {
    return this.kind === 'seats'
  }
}
