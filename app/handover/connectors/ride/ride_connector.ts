import { activeBookings } from '#app/bookings/active_booking'
import { bookingWindow } from '#app/bookings/booking_window'
import Calendar, { type Door } from '#app/bookings/calendar'
import type { DescribedBooking } from '#app/bookings/describe_booking'
import { findRuns, legsBetween, type Run } from '#app/bookings/find_runs'
import type { OwnBooking } from '#app/bookings/own_booking'
import { rideNumberToken } from '#app/bookings/ride_number'
import { sameNumberOnDay } from '#app/bookings/same_number'
import { stopNames } from '#app/bookings/stops/stop_names'
import type { PlaceRequest } from '#app/bookings/take_place'
import type { Problem } from '#app/catalog/fields/field_kind'
import type { ServiceHandover } from '#app/catalog/handover_rules'
import type ServiceVersion from '#app/catalog/service_version'
import type { Queries } from '#app/core/queries'
import type { Transition } from '#app/core/transition'
import type { ConnectorWords, HandoverContext, Offer, OfferWish } from '#app/handover/connector'
import { rideHandoverOf, rideOf, rideSchema } from '#app/handover/connectors/ride/ride_handover'
import { rideProblems } from '#app/handover/connectors/ride/ride_problems'
import { SlotConnector } from '#app/handover/slot_connector'
import { wishedTimes } from '#app/handover/wished_times'
import type { AskedFor } from '#app/submissions/asked_for'
import { askingPerson, personToken, personTokens } from '#app/submissions/person_token'
import type Submission from '#app/submissions/submission'

/** A ride is what was wished only if it leaves within so many minutes of it. */
const NEAR_ENOUGH_MS = 30 * 60_000

/** Books seats from one stop to another, counted on every leg of a vehicle's run. */
export class RideConnector extends SlotConnector {
  override readonly name = 'ride'
  override readonly asksWishes = true

  override schema() {
    return rideSchema()
  }

  override fields(handover: ServiceHandover): string[] {
    const { from, to, fares } = rideHandoverOf(handover)
    return [from, to, ...fares.map((fare) => fare.field)]
  }

  override calendars(handover: ServiceHandover): string[] {
    return rideHandoverOf(handover).calendars
  }

  override phoneHours(handover: ServiceHandover): string {
    return rideHandoverOf(handover).phoneHours
  }

  override coupon(handover: ServiceHandover): number | null {
    return rideHandoverOf(handover).coupon || null
  }

  /** Of the fares that are known. */
  override price({ version, value }: AskedFor): number {
    return rideHandoverOf(version.description.handover).fares.reduce(
      (sum, fare) => sum + (fare.yen ?? 0) * Number(value(fare.field) || 0),
      0
    )
  }

  override priceIsOpen({ version, value }: AskedFor): boolean {
    return rideHandoverOf(version.description.handover).fares.some(
      (fare) => fare.yen === null && Number(value(fare.field) || 0) > 0
    )
  }

  override sharesNumber(asked: AskedFor, booking: DescribedBooking): Promise<boolean> {
    return sameNumberOnDay(asked, booking)
  }

  override problems(
    submission: Submission,
    version: ServiceVersion,
    values: Record<string, string>,
    known: Record<string, Problem>
  ): Promise<Record<string, Problem>> {
    return rideProblems(submission, version, values, known)
  }

  override lookUp(clientId: string): Promise<Map<number, string>> {
    return stopNames(clientId)
  }

  override async shownValues(asked: AskedFor, client: Queries): Promise<Map<string, string>> {
    const { from, to } = rideHandoverOf(asked.version.description.handover)
    const stops = await stopNames(asked.submission.clientId, client)
    return new Map(
      [from, to].flatMap((key) => {
        const number = asked.value(key)
        return number ? [[key, `${number} ${stops.get(Number(number)) ?? ''}`]] : []
      })
    )
  }

  override async letterWords(asked: AskedFor, client: Queries): Promise<ConnectorWords> {
    const { from, to } = rideHandoverOf(asked.version.description.handover)
    const shown = await this.shownValues(asked, client)
    return {
      ...(await super.letterWords(asked, client)),
      from: shown.get(from) ?? ' ',
      to: shown.get(to) ?? ' ',
    }
  }

  override async spokenWords(asked: AskedFor, client: Queries): Promise<ConnectorWords> {
    const { from, to } = rideHandoverOf(asked.version.description.handover)
    const stops = await stopNames(asked.submission.clientId, client)
    const stop = (key: string) => stops.get(Number(asked.value(key))) ?? asked.value(key)
    return { from: stop(from), to: stop(to) }
  }

  override async onRoster(asked: AskedFor, places: number, client: Queries): Promise<string> {
    const { from, to } = rideHandoverOf(asked.version.description.handover)
    const shown = await this.shownValues(asked, client)
    return `${shown.get(from) ?? ' '} → ${shown.get(to) ?? ' '} (${places})`
  }

  protected override isClear(asked: AskedFor): boolean {
    return rideOf(asked) !== null
  }

  protected override async slotAt(asked: AskedFor, wish: string, client: Queries) {
    const runs = await this.#runs(asked, wish, 1, client)
    const near = runs.find(
      (run) => Math.abs(Date.parse(run.boardsAt) - Date.parse(wish)) <= NEAR_ENOUGH_MS
    )
    return near?.slotId ?? null
  }

  protected override async inTheWay(
    t: Transition,
    context: HandoverContext,
    request: PlaceRequest
  ) {
    const known = await activeBookings(
      personTokens(askingPerson(context)),
      context.version.serviceId,
      t.trx
    )
    return known.find((booking) => booking.slotId === request.slotId) ?? null
  }

  /** Whether a booking is still what is asked for: the same seats on the same legs. */
  protected override async stillFits(t: Transition, context: HandoverContext, own: OwnBooking) {
    const wanted = await this.placeAt(context, own.slotId, 'paper', t.trx)
    return (
      wanted !== null &&
      wanted.places === own.places &&
      wanted.legs?.from === own.fromLeg &&
      wanted.legs?.to === own.toLeg
    )
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

async function vehiclesOf({ submission, version }: AskedFor, client: Queries): Promise<Calendar[]> {
  const rows = await client
    .from('calendars')
    .where('client_id', submission.clientId)
    .whereIn('slug', rideHandoverOf(version.description.handover).calendars)
    .orderBy('slug')
  return rows.map((row) => Calendar.$createFromAdapterResult(row)!)
}
