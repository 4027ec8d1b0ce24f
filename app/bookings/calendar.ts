import { CalendarSchema } from '#database/schema'
import type { Text } from '#app/catalog/description'

/** When the slots of a calendar lie. Dates are Tokyo's. */
export interface CalendarRules {
  /** 1 Monday to 7 Sunday */
  weekdays: number[]
  /** HH:MM, first and last start */
  from: string
  to: string
  everyMinutes: number
  capacity: number
  /** how far ahead slots are opened (days) */
  openDays: number
  closures: string[]
}

/** What can be booked. */
export default class Calendar extends CalendarSchema {
  declare name: Text
  declare rules: CalendarRules
}
