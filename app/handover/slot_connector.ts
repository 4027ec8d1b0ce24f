import { isReadable } from '#app/catalog/fields/characters'
import type { Problem } from '#app/catalog/fields/field_kind'
import type { PersonFields } from '#app/catalog/description'
import type { ServiceHandover } from '#app/catalog/handover_rules'
import type ServiceVersion from '#app/catalog/service_version'
import type { ActiveBooking } from '#app/bookings/active_booking'
import type { Door } from '#app/bookings/calendar'
import type { DescribedBooking } from '#app/bookings/describe_booking'
import { ownBooking, type OwnBooking } from '#app/bookings/own_booking'
import { releasePlace } from '#app/bookings/release_place'
import { takeFreePlace } from '#app/bookings/take_free_place'
import type { PlaceRequest } from '#app/bookings/take_place'
import type { Queries } from '#app/core/queries'
import { spokenSlot } from '#app/core/spoken'
import type { Transition } from '#app/core/transition'
import { askToCall } from '#app/handover/ask_to_call'
import {
  InsideConnector,
  UNCLEAR,
  type ConnectorWords,
  type HandoverContext,
  type HandoverReason,
  type HandoverResult,
  type Offer,
  type OfferWish,
} from '#app/handover/connector'
import type Handover from '#app/handover/handover'
import { wishedTimes } from '#app/handover/wished_times'
import { mayBeCalled } from '#app/registry/may_be_called'
import type { AskedFor } from '#app/submissions/asked_for'
import type Submission from '#app/submissions/submission'

/** The number of free times that a letter names when nothing of what was wished was free. */
const OFFERED_BY_LETTER = 4

/**
 * A connector to calendars of our own: times can be offered to somebody who is waiting, and taken on the spot. What is
 * wished in writing is taken in order; where nothing of it is free, the resident is called, else a letter names times.
 */
export abstract class SlotConnector extends InsideConnector {
  override readonly answer = 'booked'
  override readonly assisted = true
  override readonly reasons: Record<string, HandoverReason> = {
    ...UNCLEAR,
    full: { reply: 'full', label: 'events.handover.full', asking: 'events.handover.asked' },
    already: { reply: 'already', label: 'events.handover.already' },
    declined: { reply: 'declined', label: 'events.handover.declined' },
  }

  /** whether a wish is asked before times are offered, and the nearest to it is offered first */
  abstract readonly asksWishes: boolean

  /** Times that can be had now, in order. */
  abstract offers(asked: AskedFor, wish: OfferWish, client: Queries): Promise<Offer[]>

  /** Returns what a booking of this slot is made of; null where it isn't one of this service that can be booked now. */
  abstract placeAt(
    asked: AskedFor,
    slotId: string,
    door: Door,
    client: Queries
  ): Promise<PlaceRequest | null>

  /** Whether it is known what is to be booked. */
  protected abstract isClear(asked: AskedFor): boolean

  /** The slot that a wished time means; null where there is none. */
  protected abstract slotAt(asked: AskedFor, wish: string, client: Queries): Promise<string | null>

  /** Finds what the person has already, and so isn't booked again; null where that stands in nobody's way. */
  protected async standing(
    _t: Transition,
    _context: HandoverContext
  ): Promise<HandoverResult | null> {
    return null
  }

  /** Whether what an earlier revision booked is still what is asked for. */
  protected async stillFits(
    _t: Transition,
    _context: HandoverContext,
    _own: OwnBooking
  ): Promise<boolean> {
    return true
  }

  /** The booking that stands in the way of a request of the same person, where that one settles it. */
  protected async inTheWay(
    _t: Transition,
    _context: HandoverContext,
    _request: PlaceRequest
  ): Promise<ActiveBooking | null> {
    return null
  }

  override async deliver(t: Transition, context: HandoverContext): Promise<HandoverResult> {
    const { handover, submission } = context
    if (!this.isClear(context)) return { state: 'refused', reason: 'unclear' }
    const own = await ownBooking(t, submission.id, handover.id)
    if (own && (await this.stillFits(t, context, own))) return { state: 'done', reference: own.id }
    // What is asked for now is another: its place is given back before others are taken.
    if (own) await releasePlace(t, own.id, 'given_back')
    const standing = await this.standing(t, context)
    if (standing) return standing
    for (const wish of wishedTimes(context)) {
      const slotId = await this.slotAt(context, wish, t.trx)
      const request = slotId && (await this.placeAt(context, slotId, 'paper', t.trx))
      if (!request) continue
      const taken = await takeFreePlace(t, request, { state: 'booked', handoverId: handover.id })
      if (taken.ok) {
        t.announce(`calendars/${taken.calendarId}`)
        t.record({
          verb: 'booking.made',
          subject: { type: 'booking', id: taken.bookingId },
          clientId: submission.clientId,
          submissionId: submission.id,
        })
        return { state: 'done', reference: taken.bookingId }
      }
      const other = taken.reason === 'already' ? await this.inTheWay(t, context, request) : null
      if (other)
        return {
          state: 'done',
          reference: other.id,
          ...(other.submissionId === submission.id ? {} : { reason: 'already' }),
        }
    }
    return { state: 'ask', reason: 'full' }
  }

  /** A caller says the resident's own watchword first; without one a letter goes before any call. */
  override async ask(t: Transition, { submission, version, value }: HandoverContext) {
    const { watchword, phone } = version.description.person
    const callable = [value(watchword), value(phone)].every(isReadable)
    if (!callable || !(await mayBeCalled(t, submission))) return false
    await askToCall(t, submission)
    return true
  }

  override bookingOf({ reference }: Handover): string | null {
    return reference
  }

  override facts(): (keyof PersonFields)[] {
    return ['kana', 'phone']
  }

  /** Further doses that can be booked after the first, by their keys. */
  doses(_handover: ServiceHandover): string[] {
    return []
  }

  /** The calendar for whose places one can wait; null where nobody waits. */
  waitsFor(_handover: ServiceHandover): string | null {
    return null
  }

  /** The calendar of a phone desk with hours of its own; null where it has none. */
  phoneHours(_handover: ServiceHandover): string | null {
    return null
  }

  /** yen off, once for each person; null where there is none */
  coupon(_handover: ServiceHandover): number | null {
    return null
  }

  /** Whether only the one who is paid knows what is to be paid. */
  priceIsOpen(_asked: AskedFor): boolean {
    return false
  }

  /** Whether somebody else could be taken for this person on that day. */
  async sharesNumber(_asked: AskedFor, _booking: DescribedBooking): Promise<boolean> {
    return false
  }

  /** Tells what is wrong with what was said at the desk, by field; `known` is found already. */
  async problems(
    _submission: Submission,
    _version: ServiceVersion,
    _values: Record<string, string>,
    _known: Record<string, Problem>
  ): Promise<Record<string, Problem>> {
    return {}
  }

  /** Lists what whoever asks at the desk looks up, number and name; nothing where there is nothing. */
  async lookUp(_clientId: string): Promise<Map<number, string>> {
    return new Map()
  }

  /** Returns what its placeholders stand for when they are said. */
  async spokenWords(_asked: AskedFor, _client: Queries): Promise<ConnectorWords> {
    return {}
  }

  /** Returns what the list of a day says of it beside its person. */
  async onRoster(_asked: AskedFor, _places: number, _client: Queries): Promise<string> {
    return ''
  }

  override async letterWords(asked: AskedFor, client: Queries): Promise<ConnectorWords> {
    const offers = await this.offers(asked, { door: 'phone', count: OFFERED_BY_LETTER }, client)
    return {
      free:
        offers.map(({ startsAt }) => spokenSlot(startsAt)).join('\n') || '(いまは空きがありません)',
    }
  }
}
