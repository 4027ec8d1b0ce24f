import type { SchemaTypes } from '@vinejs/vine/types'
import type { Door } from '#app/bookings/calendar'
import type { PersonFields, ServiceFiles } from '#app/catalog/description'
import type { HandoverRules, ServiceHandover } from '#app/catalog/handover_rules'
import type { Placeholders } from '#app/catalog/letter_placeholders'
import type { Queries } from '#app/core/queries'
import type { Transition } from '#app/core/transition'
import type Handover from '#app/handover/handover'
import type { AskedFor } from '#app/submissions/asked_for'
import type { Basis } from '#app/submissions/revision_values'

export interface HandoverContext extends AskedFor {
  handover: Handover
  /** why the value of a field stands; null where there is none */
  basis(field: string): Basis | null
}

/** The outcome of giving something to a digital service. A reason is one that the connector declares. */
export type HandoverResult =
  | { state: 'done'; reference: string; reason?: string }
  /** for good: the resident is told why */
  | { state: 'refused'; reason: string }
  /** a person goes on from here */
  | { state: 'ask'; reason: string }
  /** not now, and nobody's fault: once more after so many seconds */
  | { state: 'retry'; after: number }

/** A reason why something went otherwise than plainly well. */
export interface HandoverReason {
  /** the service's letter that tells it; null where nothing is told */
  reply: string | null
  /** its words on a timeline; other ones while a person is asked */
  label: string
  asking?: string
}

/** The reason that any connector may give: required values that can't be read, or on whose basis it can't go. */
export const UNCLEAR: Record<string, HandoverReason> = {
  unclear: { reply: 'unclear', label: 'events.handover.unclear' },
}

/** A word for placeholders that only some connectors know. */
export type ConnectorWords = Partial<Placeholders>

/**
 * Gives revisions to a digital service: one that delivers within the transaction (`InsideConnector`), or one that leaves
 * the machine (`OutsideConnector`). It says itself what a service must tell it, and what letters say of it.
 */
export abstract class Connector implements HandoverRules {
  abstract readonly name: string
  /** the letter when all went well */
  abstract readonly answer: string
  abstract readonly reasons: Record<string, HandoverReason>
  readonly assisted: boolean = false
  /** what is done stands in a place of others, and is taken back there */
  readonly isElsewhere: boolean = false

  abstract schema(): Record<string, SchemaTypes>

  fields(_handover: ServiceHandover): string[] {
    return []
  }

  calendars(_handover: ServiceHandover): string[] {
    return []
  }

  facts(_handover: ServiceHandover): (keyof PersonFields)[] {
    return []
  }

  check(_files: ServiceFiles): void {}

  /** Puts it before a person, for a reason; false where nobody can be asked: it is refused for that reason then. */
  async ask(_t: Transition, _context: HandoverContext, _reason: string): Promise<boolean> {
    return false
  }

  /** Nobody goes on with it any more: it is withdrawn from whom it was put before. */
  async withdraw(_t: Transition, _handover: Handover): Promise<void> {}

  /** The booking that a handover ended in; null where nothing is booked. */
  bookingOf(_handover: Handover): string | null {
    return null
  }

  /** Returns what is to be paid, in yen. */
  price(_asked: AskedFor): number {
    return 0
  }

  /** Returns what its placeholders stand for in letters. */
  async letterWords(_asked: AskedFor, _client: Queries): Promise<ConnectorWords> {
    return {}
  }

  /** Values that are read otherwise than as their fields: the name of a stop beside its number. */
  async shownValues(_asked: AskedFor, _client: Queries): Promise<Map<string, string>> {
    return new Map()
  }

  /** @throws for reasons that it doesn't declare */
  reasonOf(reason: string): HandoverReason {
    const declared = this.reasons[reason]
    if (!declared) throw new Error(`Connector "${this.name}" has no reason "${reason}"`)
    return declared
  }

  /** The letter that tells how a handover ended; null where nothing is told. */
  replyOf({ state, reason }: Pick<Handover, 'state' | 'reason'>): string | null {
    if (state === 'canceled') return null
    return reason ? this.reasonOf(reason).reply : this.answer
  }
}

/** A connector within our own database. */
export abstract class InsideConnector extends Connector {
  /** Gives it over, also when an earlier revision was before. Must be harmless to do twice. */
  abstract deliver(t: Transition, context: HandoverContext): Promise<HandoverResult>

  /** Has a person take back what stands elsewhere; false where there is nothing to take back. */
  async askBack(_t: Transition, _context: HandoverContext): Promise<boolean> {
    return false
  }
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
