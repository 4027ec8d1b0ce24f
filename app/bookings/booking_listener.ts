import { Registry } from '#app/core/registry'
import type { Transition } from '#app/core/transition'

/** A room's answer to something that happens to a booking; in the same transaction. */
export interface BookingListener {
  /** the room */
  name: string
  /** A hold has run out and its place is given back. */
  expired(t: Transition, bookingId: string): Promise<void>
}

/** All that want to know what happens to bookings. */
export const bookingListeners = new Registry<BookingListener>('listener to bookings')
