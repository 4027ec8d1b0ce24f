import { activeBookings } from '#app/bookings/active_booking'
import { bookingWindow } from '#app/bookings/booking_window'
import Calendar, { type Door } from '#app/bookings/calendar'
import { freeSlots } from '#app/bookings/free_slots'
import type { PlaceRequest } from '#app/bookings/take_place'
import { isReadable } from '#app/catalog/fields/characters'
import type { ServiceHandover } from '#app/catalog/handover_rules'
import { addDays } from '#app/core/japanese_calendar'
import type { Queries } from '#app/core/queries'
import type { Transition } from '#app/core/transition'
import type { HandoverContext, HandoverResult, Offer, OfferWish } from '#app/handover/connector'
import { bookingHandoverOf, bookingSchema } from '#app/handover/connectors/booking/booking_handover'
import { SlotConnector } from '#app/handover/slot_connector'
import { wishedTimes } from '#app/handover/wished_times'
import type { AskedFor } from '#app/submissions/asked_for'
import { askingPerson, personToken, personTokens } from '#app/submissions/person_token'

/** A hold at the desk lasts no longer than this (seconds). */
const WHILE_SOMEBODY_CHOOSES = 5 * 60

/**
 * Books the first of the wished times that is free into our own calendar. Without knowing what for, nothing is
 * booked: it is asked.
 */
export class BookingConnector extends SlotConnector {
  override readonly name = 'booking'
  override readonly asksWishes = false

  override schema() {
    return bookingSchema()
  }

  override calendars(handover: ServiceHandover): string[] {
    return [bookingHandoverOf(handover).calendar]
  }

  override doses(handover: ServiceHandover): string[] {
    return (bookingHandoverOf(handover).furtherDoses ?? []).map((dose) => dose.key)
  }

  override waitsFor(handover: ServiceHandover): string {
    return bookingHandoverOf(handover).calendar
  }

  /** Of the options that were chosen. */
  override price({ version, value }: AskedFor): number {
    const { handover, person } = version.description
    return value(person.wants)
      .split(',')
      .filter(Boolean)
      .reduce((sum, option) => sum + (bookingHandoverOf(handover).prices[option] ?? 0), 0)
  }

  protected override isClear({ version, value }: AskedFor): boolean {
    return isReadable(value(version.description.person.wants))
  }

  protected override async standing(
    t: Transition,
    context: HandoverContext
  ): Promise<HandoverResult | null> {
    const { dose } = doseOf(context)
    const bookings = await activeBookings(
      personTokens(askingPerson(context)),
      context.version.serviceId,
      t.trx
    )
    const known = bookings.find((booking) => booking.dose === dose)
    if (!known) return null
    // Somebody is just choosing a time for this person: what comes of it decides.
    return known.state === 'held'
      ? { state: 'retry', after: WHILE_SOMEBODY_CHOOSES }
      : { state: 'done', reference: known.id, reason: 'already' }
  }

  protected override async slotAt(asked: AskedFor, wish: string, client: Queries) {
    const calendar = await calendarOf(asked, client)
    const slot: { id: string } | null = await client
      .from('slots')
      .where({ calendar_id: calendar.id, starts_at: wish })
      .select('id')
      .first()
    return slot?.id ?? null
  }

  override async offers(asked: AskedFor, wish: OfferWish, client: Queries): Promise<Offer[]> {
    const calendar = await calendarOf(asked, client)
    const near = wish.from ? [`${wish.from}T00:00`] : (wish.near ?? wishedTimes(asked))
    const earliest = [await notBefore(asked, client), wish.from].flatMap((day) => day ?? [])
    const slots = await freeSlots(
      calendar,
      {
        door: wish.door,
        count: wish.count,
        near,
        notBefore: earliest.sort().at(-1),
        weekday: wish.weekday,
        half: wish.half,
        oneADay: wish.oneADay,
      },
      client
    )
    return slots.map((slot) => ({
      slotId: slot.id,
      calendarId: calendar.id,
      startsAt: slot.startsAt,
      endsAt: null,
      place: calendar.name.ja,
      free: slot.free,
    }))
  }

  override async placeAt(
    asked: AskedFor,
    slotId: string,
    door: Door,
    client: Queries
  ): Promise<PlaceRequest | null> {
    const { submission, version } = asked
    const calendar = await calendarOf(asked, client)
    const { after, until } = bookingWindow(calendar.rules)
    const slot: { id: string } | null = await client
      .from('slots')
      .where({ id: slotId, calendar_id: calendar.id })
      .where('starts_at', '>', after)
      .where('starts_at', '<=', until)
      .where('starts_at', '>=', (await notBefore(asked, client)) ?? '0001-01-01')
      .select('id')
      .first()
    return (
      slot && {
        slotId,
        serviceId: version.serviceId,
        clientId: submission.clientId,
        submissionId: submission.id,
        party: submission.party,
        person: personToken(askingPerson(asked)),
        dose: doseOf(asked).dose,
        door,
        places: 1,
        legs: null,
        numberToken: null,
      }
    )
  }
}

/** The dose that is asked for: the first, or a further one with its distance from the one before. */
function doseOf({ version, dose }: AskedFor): { dose: string; before?: string; days: number } {
  const handover = bookingHandoverOf(version.description.handover)
  const further = handover.furtherDoses ?? []
  const index = further.findIndex((one) => one.key === dose)
  if (index < 0) return { dose: handover.dose, days: 0 }
  return {
    dose: further[index].key,
    before: index === 0 ? handover.dose : further[index - 1].key,
    days: further[index].daysAfter,
  }
}

/** The day before which a further dose can't be given; undefined for the first. */
async function notBefore(asked: AskedFor, client: Queries): Promise<string | undefined> {
  const { before, days } = doseOf(asked)
  if (!before) return undefined
  const bookings = await activeBookings(
    personTokens(askingPerson(asked)),
    asked.version.serviceId,
    client
  )
  const previous = bookings.find((booking) => booking.dose === before)
  // Without the dose before it there is nothing to count from: no day is late enough.
  return previous ? addDays(previous.startsAt.slice(0, 10), days) : '9999-12-31'
}

async function calendarOf({ submission, version }: AskedFor, client: Queries): Promise<Calendar> {
  const row = await client
    .from('calendars')
    .where({
      slug: bookingHandoverOf(version.description.handover).calendar,
      client_id: submission.clientId,
    })
    .firstOrFail()
  return Calendar.$createFromAdapterResult(row)!
}
