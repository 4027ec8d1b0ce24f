import type { Queries } from '#app/core/queries'
import { activeBookings } from '#app/bookings/active_booking'
import { bookingWindow } from '#app/bookings/booking_window'
import Calendar, { type Door } from '#app/bookings/calendar'
import { freeSlots } from '#app/bookings/free_slots'
import { takeFreePlace } from '#app/bookings/take_free_place'
import type { PlaceRequest } from '#app/bookings/take_place'
import type { BookingHandover } from '#app/catalog/service_handover'
import { isReadable } from '#app/catalog/fields/characters'
import {
  SlotConnector,
  type HandoverContext,
  type HandoverResult,
  type Offer,
  type OfferWish,
} from '#app/handover/connector'
import { type AskedFor } from '#app/submissions/asked_for'
import { ownBooking } from '#app/bookings/own_booking'
import { wishedTimes } from '#app/handover/wished_times'
import { askingPerson, personToken, personTokens } from '#app/submissions/person_token'
import { addDays } from '#app/core/japanese_calendar'
import type { Transition } from '#app/core/transition'

/**
 * Books the first of the wished times that is free into our own calendar. Without knowing what for, nothing is
 * booked: it is asked.
 */
export class BookingConnector extends SlotConnector {
  override readonly name = 'booking'

  override async hand(t: Transition, context: HandoverContext): Promise<HandoverResult> {
    const { handover, submission, version } = context
    if (!isReadable(context.value(version.description.person.wants))) return { state: 'unclear' }
    const own = await ownBooking(t, submission.id, handover.id)
    if (own) return { state: 'done', reference: own.id }
    const { dose } = doseOf(context)
    const known = (
      await activeBookings(personTokens(askingPerson(context)), version.serviceId, t.trx)
    ).find((booking) => booking.dose === dose)
    // Somebody is just choosing a time for this person: what comes of it decides.
    if (known?.state === 'held') return { state: 'later' }
    if (known) return { state: 'already', reference: known.id }
    const calendar = await calendarOf(context, t.trx)
    for (const startsAt of wishedTimes(context)) {
      const slot: { id: string } | null = await t.trx
        .from('slots')
        .where({ calendar_id: calendar.id, starts_at: startsAt })
        .select('id')
        .first()
      const request = slot && (await this.placeAt(context, slot.id, 'paper', t.trx))
      if (!request) continue
      const taken = await takeFreePlace(t, request, { state: 'booked', handoverId: handover.id })
      if (!taken.ok) continue
      t.announce(`calendars/${calendar.id}`)
      t.record({
        verb: 'booking.made',
        subject: { type: 'booking', id: taken.bookingId },
        clientId: submission.clientId,
        submissionId: submission.id,
      })
      return { state: 'done', reference: taken.bookingId }
    }
    return { state: 'full' }
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
  const handover = bookingOf(version.description.handover)
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
      slug: bookingOf(version.description.handover).calendar,
      client_id: submission.clientId,
    })
    .firstOrFail()
  return Calendar.$createFromAdapterResult(row)!
}

function bookingOf(handover: AskedFor['version']['description']['handover']): BookingHandover {
  if (handover.connector !== 'booking') throw new Error('Not a booking service')
  return handover
}
