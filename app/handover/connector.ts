import type { Queries } from '#app/core/queries'
import type { Door } from '#app/bookings/calendar'
import type { PlaceRequest } from '#app/bookings/take_place'
import type { Basis } from '#app/submissions/revision_values'
import type { AskedFor } from '#app/submissions/asked_for'
import type Handover from '#app/handover/handover'
import type { Transition } from '#app/core/transition'

export interface HandoverContext extends AskedFor {
  handover: Handover
  /** why the value of a field stands; null where there is none */
  basis(field: string): Basis | null
}

/**
 * `full`: nothing of what was wished could be had; `unclear`: what is wished can't be told; `later`: somebody else is
 * settling it right now; `checking`: somebody looks at it first; `late`: its deadline was over when it came.
 */
export type HandoverResult =
  | { state: 'done' | 'already'; reference: string }
  | { state: 'full' | 'unclear' | 'later' | 'checking' | 'late' }

/** Gives a revision to a digital service. Must be harmless to do twice: the handover's idempotency key is fixed. */
export abstract class Connector {
  abstract readonly name: string

  abstract hand(t: Transition, context: HandoverContext): Promise<HandoverResult>
}

/** A time that can be had. */
export interface Offer {
  slotId: string
  calendarId: string
  /** YYYY-MM-DDTHH:MM, Tokyo */
  startsAt: string
  /** rides: when it is over */
  endsAt: string | null
  place: string
  free: number
}

export interface OfferWish {
  door: Door
  count: number
  /** times to be near to (YYYY-MM-DDTHH:MM); without it what was wished in writing */
  near?: string[]
  /** nothing before this day (YYYY-MM-DD) */
  from?: string
  /** on this weekday only, 1 Monday to 7 Sunday; before or after noon only */
  weekday?: number
  half?: 'am' | 'pm'
  /** one on each day */
  oneADay?: boolean
}

/** A connector to calendars of our own: times can be offered to somebody who is waiting, and taken on the spot. */
export abstract class SlotConnector extends Connector {
  /** Times that can be had now, in order. */
  abstract offers(asked: AskedFor, wish: OfferWish, client: Queries): Promise<Offer[]>

  /** What a booking of this slot is made of; null where the slot isn't one of this service that can be booked now. */
  abstract placeAt(
    asked: AskedFor,
    slotId: string,
    door: Door,
    client: Queries
  ): Promise<PlaceRequest | null>
}
