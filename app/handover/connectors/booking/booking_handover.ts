import vine from '@vinejs/vine'
import type { Text } from '#app/catalog/description'
import type { ServiceHandover } from '#app/catalog/handover_rules'

/** A dose after the first; it can be booked so many days after the one before it, or later. */
export interface FurtherDose {
  key: string
  label: Text
  daysAfter: number
}

/** One place in a calendar, for a person and a dose. */
export interface BookingHandover extends ServiceHandover {
  connector: 'booking'
  calendar: string
  /** fields of wished times, the dearest first */
  wishes: string[]
  dose: string
  furtherDoses?: FurtherDose[]
  /** yen by option */
  prices: Record<string, number>
}

export const bookingSchema = () => ({
  calendar: vine.string(),
  wishes: vine.array(vine.string()).minLength(1),
  dose: vine.string(),
  furtherDoses: vine
    .array(
      vine.object({
        key: vine.string(),
        label: vine.object({ ja: vine.string(), en: vine.string() }),
        daysAfter: vine.number().min(0),
      })
    )
    .optional(),
  prices: vine.record(vine.number()),
})

/** @throws where a service doesn't book */
export function bookingHandoverOf(handover: ServiceHandover): BookingHandover {
  if (handover.connector !== 'booking') throw new Error('Not a booking service')
  return handover as BookingHandover
}
