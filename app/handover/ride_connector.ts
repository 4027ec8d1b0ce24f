import type { Queries } from '#app/core/queries'
import { activeBookings } from '#app/bookings/active_booking'
import { bookingWindow } from '#app/bookings/booking_window'
import Calendar, { type Door } from '#app/bookings/calendar'
import { releasePlace } from '#app/bookings/release_place'
import { rideNumberToken } from '#app/bookings/ride_number'
import { findRuns, legsBetween, type Run } from '#app/bookings/find_runs'
import { takeFreePlace } from '#app/bookings/take_free_place'
import type { PlaceRequest } from '#app/bookings/take_place'
import type { RideHandover } from '#app/catalog/service_handover'
import {
  SlotConnector,
  type HandoverContext,
  type HandoverResult,
  type Offer,
  type OfferWish,
} from '#app/handover/connector'
import { type AskedFor } from '#app/submissions/asked_for'
import { ownBooking, type OwnBooking } from '#app/bookings/own_booking'
import { wishedTimes } from '#app/handover/wished_times'
import { askingPerson, personToken, personTokens } from '#app/submissions/person_token'
import type { Transition } from '#app/core/transition'

/** A ride is what was wished only if it leaves within so many minutes of it. */
const NEAR_ENOUGH_MS = 30 * 60_000

/** Books seats from one stop to another, counted on every leg of a vehicle's run. */
export class RideConnector extends SlotConnector {
  override readonly name = 'ride'

  override async hand(t: Transition, context: HandoverContext): Promise<HandoverResult> {
    const { handover, submission, version } = context
    const ride = rideOf(context)
    if (!ride) return { state: 'unclear' }
    const own = await ownBooking(t, submission.id, handover.id)
    if (own && (await this.#stillFits(t, context, own))) return { state: 'done', reference: own.id }
    // The corrected ride is another one: its seats are given back before others are taken.
    if (own) await releasePlace(t, own.id, 'given_back')
    for (const wish of wishedTimes(context)) {
      const run = (await this.#runs(context, wish, 1, t.trx)).find(
        (one) => Math.abs(Date.parse(one.boardsAt) - Date.parse(wish)) <= NEAR_ENOUGH_MS
      )
      const request = run && (await this.placeAt(context, run.slotId, 'paper', t.trx))
      if (!request) continue
      const taken = await takeFreePlace(t, request, { state: 'booked', handoverId: handover.id })
      if (taken.ok) {
        t.record({
          verb: 'booking.made',
          subject: { type: 'booking', id: taken.bookingId },
          clientId: submission.clientId,
          submissionId: submission.id,
        })
        return { state: 'done', reference: taken.bookingId }
      }
      if (taken.reason !== 'already') continue
      const known = await activeBookings(
        personTokens(askingPerson(context)),
        version.serviceId,
        t.trx
      )
      const same = known.find((booking) => booking.slotId === request.slotId)
      if (same)
        return {
          state: same.submissionId === submission.id ? 'done' : 'already',
          reference: same.id,
        }
    }
    return { state: 'full' }
  }

  override async offers(asked: AskedFor, wish: OfferWish, client: Queries): Promise<Offer[]> {
    const near = wish.from ? `${wish.from}T00:00` : ((wish.near ?? wishedTimes(asked))[0] ?? null)
    const runs = await this.#runs(asked, near, wish.count, client)
    return runs.map((run) => ({
      slotId: run.slotId,
      calendarId: run.calendar.id,
      startsAt: run.boardsAt,
      endsAt: run.leavesAt,
      place: run.calendar.name.ja,
      free: run.free,
    }))
  }

  override async placeAt(
    asked: AskedFor,
    slotId: string,
    door: Door,
    client: Queries
  ): Promise<PlaceRequest | null> {
    const ride = rideOf(asked)
    const { submission, version, value } = asked
    const calendars = await vehiclesOf(asked, client)
    const slot: { calendar_id: string; starts_at: string } | null = await client
      .from('slots')
      .where('id', slotId)
      .whereIn(
        'calendar_id',
        calendars.map((calendar) => calendar.id)
      )
      .select('calendar_id', client.raw(`to_char(starts_at, 'YYYY-MM-DD"T"HH24:MI') as starts_at`))
      .first()
    const calendar = calendars.find((one) => one.id === slot?.calendar_id)
    const legs = ride && calendar && legsBetween(calendar.rules, ride.from, ride.to)
    if (!slot || !legs) return null
    const { after, until } = bookingWindow(calendar.rules)
    const minutes = legs.from * (calendar.rules.minutesBetweenStops ?? 0)
    // Both are wall times of Tokyo: they are compared as such, whatever the clock of the machine.
    const boards = new Date(Date.parse(`${slot.starts_at}Z`) + minutes * 60_000).toISOString()
    if (boards.slice(0, 16) <= after || slot.starts_at > until) return null
    return {
      slotId,
      serviceId: version.serviceId,
      clientId: submission.clientId,
      submissionId: submission.id,
      party: submission.party,
      person: personToken(askingPerson(asked)),
      // Somebody may ride often, but sits in one run once.
      dose: `ride:${slotId}`,
      door,
      places: ride.seats,
      legs,
      numberToken: rideNumberToken(value(version.description.person.phone)),
    }
  }

  /** Whether a booking is still what is asked for: the same seats on the same legs. */
  async #stillFits(t: Transition, context: HandoverContext, own: OwnBooking): Promise<boolean> {
    const wanted = await this.placeAt(context, own.slotId, 'paper', t.trx)
    return (
      wanted !== null &&
      wanted.places === own.places &&
      wanted.legs?.from === own.fromLeg &&
      wanted.legs?.to === own.toLeg
    )
  }

  async #runs(
    asked: AskedFor,
    near: string | null,
    count: number,
    client: Queries
  ): Promise<Run[]> {
    const ride = rideOf(asked)
    if (!ride) return []
    return findRuns(await vehiclesOf(asked, client), { ...ride, near, count }, client)
  }
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

export function rideHandoverOf(
  handover: AskedFor['version']['description']['handover']
): RideHandover {
  if (handover.connector !== 'ride') throw new Error('Not a ride service')
  return handover
}

async function vehiclesOf({ submission, version }: AskedFor, client: Queries): Promise<Calendar[]> {
  const rows = await client
    .from('calendars')
    .where('client_id', submission.clientId)
    .whereIn('slug', rideHandoverOf(version.description.handover).calendars)
    .orderBy('slug')
  return rows.map((row) => Calendar.$createFromAdapterResult(row)!)
}
