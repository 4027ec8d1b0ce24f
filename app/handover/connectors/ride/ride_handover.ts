import vine from '@vinejs/vine'
import type { Text } from '#app/catalog/description'
import type { ServiceHandover } from '#app/catalog/handover_rules'
import type { AskedFor } from '#app/submissions/asked_for'

/** A fare, and the field that tells how many ride for it; yen, or null where only the driver knows it. */
export interface RiderFare {
  field: string
  label: Text
  yen: number | null
}

/** Seats in a vehicle from one stop to another. */
export interface RideHandover extends ServiceHandover {
  connector: 'ride'
  /** one of each vehicle */
  calendars: string[]
  /** opening hours of the phone desk */
  phoneHours: string
  from: string
  to: string
  wishes: string[]
  fares: RiderFare[]
  /** yen off the first ride, once per person */
  coupon?: number
}

export const rideSchema = () => ({
  calendars: vine.array(vine.string()).minLength(1),
  phoneHours: vine.string(),
  from: vine.string(),
  to: vine.string(),
  wishes: vine.array(vine.string()).minLength(1),
  fares: vine.array(
    vine.object({
      field: vine.string(),
      label: vine.object({ ja: vine.string(), en: vine.string() }),
      yen: vine.number().min(0).nullable(),
    })
  ),
  coupon: vine.number().min(0).optional(),
})

/** @throws where a service doesn't drive */
export function rideHandoverOf(handover: ServiceHandover): RideHandover {
  if (handover.connector !== 'ride') throw new Error('Not a ride service')
  return handover as RideHandover
}

export interface Ride {
  from: number
  to: number
  seats: number
}

/** From where to where, and how many; null as long as that isn't known. */
export function rideOf({ version, value }: AskedFor): Ride | null {
  const handover = rideHandoverOf(version.description.handover)
  const [from, to] = [Number(value(handover.from)), Number(value(handover.to))]
  const seats = handover.fares.reduce((sum, fare) => sum + Number(value(fare.field) || 0), 0)
  const known = from > 0 && to > 0 && from !== to && Number.isInteger(seats) && seats > 0
  return known ? { from, to, seats } : null
}
