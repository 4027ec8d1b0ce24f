import db from '@adonisjs/lucid/services/db'
import { activeBookings } from '#app/bookings/active_booking'
import { bookingWindow } from '#app/bookings/booking_window'
import Calendar from '#app/bookings/calendar'
import { bookingsOf, type DescribedBooking } from '#app/bookings/describe_booking'
import { openingHours, type OpeningHours } from '#app/bookings/opening_hours'
import { releaseExpiredHolds } from '#app/bookings/release_place'
import Call from '#app/desk/calls/call'
import { numbersOf } from '#app/desk/calls/numbers_of'
import type { VisitStep } from '#app/catalog/script_steps'
import { newestVersion } from '#app/catalog/frozen_version'
import { rulesOf, wishesOf } from '#app/catalog/handover_rules'
import type ServiceVersion from '#app/catalog/service_version'
import { currentPerson, type CurrentPerson } from '#app/desk/visits/current_person'
import { donePeople } from '#app/desk/visits/done_people'
import { detailFields } from '#app/desk/visits/keep_details'
import { hiddenFields, personFields } from '#app/desk/visits/open_person'
import { deskScriptLines } from '#app/desk/visits/desk_script_lines'
import { showIn } from '#app/desk/visits/show_in'
import type Visit from '#app/desk/visits/visit'
import { wasApart } from '#app/desk/visits/was_apart'
import { nearestOf, offersCalendars, offersFor } from '#app/desk/visits/visit_offers'
import { slotsOf } from '#app/handover/connectors'
import type { AskedFor } from '#app/submissions/asked_for'
import { spokenSlot } from '#app/core/spoken'
import { relativesOf } from '#app/registry/relatives'
import { contactOf, FREE } from '#app/registry/contact'
import { factsOf } from '#app/submissions/search_tokens'
import { askingPerson, personTokens } from '#app/submissions/person_token'
import { today } from '#app/core/clock'
import { spokenMoment } from '#app/core/spoken'

/** The part of a visit that is asked to be seen. */
export interface VisitView {
  more?: boolean
  /** offers from this day on */
  from?: string
  /** 1 Monday to 7 Sunday; before or after noon */
  weekday?: number
  half?: 'am' | 'pm'
  /** a step that was asked for */
  step?: VisitStep
}

/** Everything the visit's one screen shows: which step it is at, and what each step needs. */
export async function visitScreen(visit: Visit, locale: 'ja' | 'en', view: VisitView = {}) {
  await releaseExpiredHolds()
  const version = await newestVersion(visit.serviceId)
  const person = visit.endedAt ? null : await currentPerson(visit)
  const done = await donePeople(visit)
  const hold = person
    ? ((await bookingsOf([person.submission.id])).find((one) => one.state === 'held') ?? null)
    : null
  const step = view.step ?? stepOf(visit, person, hold, done.length)
  const asked = person?.asked ?? null
  const connector = slotsOf(version)
  const shown = asked ? await connector.shownValues(asked, db) : new Map<string, string>()
  const latest = done.at(-1) ?? null
  const offers = asked && step === 'slots' ? await offersFor(asked, visit, done, view) : []
  const spokenOf = asked ?? (step === 'done' ? (latest?.asked ?? null) : null)
  // Who speaks of a protected person hears what is said of an unknown name.
  const apart = person ? person.draft.apart : latest && (await wasApart(latest.submission))
  const contact =
    spokenOf && !apart
      ? await contactOf({
          submissionId: spokenOf.submission.id,
          clientId: visit.clientId,
          facts: factsOf(version.description.person, spokenOf.value),
        })
      : FREE
  const hidden = person?.draft.hides ? hiddenFields(version) : []
  return {
    visit,
    version,
    step,
    done,
    hold,
    submission: person?.submission ?? null,
    draft: person?.draft ?? null,
    lookUp: await connector.lookUp(visit.clientId),
    wishes: wishesOf(version.description.handover),
    asksWishes: connector.asksWishes,
    mayWait: connector.waitsFor(version.description.handover) !== null,
    phoneHours: await phoneHours(visit, version),
    /** 支援措置: neither address nor phone stand on a screen that others may see */
    isProtected: hidden.length > 0,
    mail: contact,
    relatives:
      asked && visit.askedBy === 'family' && !person?.draft.apart
        ? await relativesOf(visit.clientId, factsOf(version.description.person, asked.value))
        : [],
    hiddenFields: hidden,
    personFields: personFields(version),
    detailFields: detailFields(version),
    showOf: (key: string) => (asked ? showIn(asked, key, shown, locale) : ''),
    offers,
    nearest: nearestOf(offers, asked),
    from: view.from ?? '',
    weekday: view.weekday ?? 0,
    half: view.half ?? '',
    query: queryOf(view),
    bookable: asked ? await bookableDays(visit, version) : null,
    today: today(),
    expired: person !== null && step === 'slots' && (await hasLostHold(person.submission.id)),
    waitingAlready: asked && step === 'details' ? await waits(asked) : false,
    callerNumber: await callerNumber(visit),
    others: asked && ['details', 'slots'].includes(step) ? await otherBookings(asked) : [],
    price: (asked ? connector.price(asked) : 0).toLocaleString('ja-JP'),
    asksFare: asked ? connector.priceIsOpen(asked) : false,
    warned: hold && asked ? await connector.sharesNumber(asked, hold) : false,
    spokenLines: deskScriptLines(version, step, locale, {
      visit,
      asked: spokenOf,
      booking: hold ?? (step === 'done' ? (latest?.booking ?? null) : null),
      words: spokenOf ? await connector.spokenWords(spokenOf, db) : {},
      offered: step === 'slots' ? offers.length : null,
      waiting: latest?.waiting === true,
      mail: contact.stop === null,
    }),
    spoken: hold ? spokenMoment(hold.startsAt) : '',
    spokenSlot,
    calendars: [...new Set((await offersCalendars(visit, asked)).map((id) => `calendars/${id}`))],
  }
}

/** Writes what is asked to be seen as it stands in the address. */
function queryOf({ from, more, weekday, half }: VisitView): string {
  const set = Object.entries({ from, more: more && '1', weekday, half }).flatMap(([key, value]) =>
    value ? [[key, String(value)]] : []
  )
  return set.length > 0 ? `?${new URLSearchParams(set).toString()}` : ''
}

/** From when until when something can be booked now (YYYY-MM-DDTHH:MM); null where nothing tells. */
async function bookableDays(
  visit: Visit,
  version: ServiceVersion
): Promise<{ after: string; until: string } | null> {
  const [slug] = rulesOf(version.description.handover).calendars(version.description.handover)
  const calendar =
    slug && (await Calendar.query().where({ clientId: visit.clientId, slug }).first())
  return calendar ? bookingWindow(calendar.rules) : null
}

/** Tells which step comes next, by what is there. */
function stepOf(
  visit: Visit,
  person: CurrentPerson | null,
  hold: DescribedBooking | null,
  done: number
): VisitStep {
  if (!visit.askedBy) return 'asker'
  if (!person) return done > 0 ? 'done' : 'person'
  if (!person.draft.complete) return 'details'
  return hold ? 'read_back' : 'slots'
}

/** Finds the hours when this service is to be reached by phone, where it has its own. */
async function phoneHours(visit: Visit, version: ServiceVersion): Promise<OpeningHours[]> {
  const slug = slotsOf(version).phoneHours(version.description.handover)
  if (!slug) return []
  const calendar = await Calendar.query().where({ clientId: visit.clientId, slug }).first()
  return calendar ? openingHours(calendar.rules) : []
}

/** Finds what else the person has booked of this service already. */
async function otherBookings(asked: AskedFor) {
  const known = await activeBookings(personTokens(askingPerson(asked)), asked.version.serviceId)
  return known.filter((booking) => booking.submissionId !== asked.submission.id)
}

/** Whether the last place that was held for somebody ran out of time. */
async function hasLostHold(submissionId: string): Promise<boolean> {
  const last: { ended_reason: string | null } | null = await db
    .from('bookings')
    .where('submission_id', submissionId)
    .orderBy('created_at', 'desc')
    .select('ended_reason')
    .first()
  return last?.ended_reason === 'expired'
}

/** Whether the person is on the waiting list already. */
async function waits(asked: AskedFor): Promise<boolean> {
  const waiting = await db
    .from('waiting_list')
    .join('submissions', 'submissions.id', 'waiting_list.submission_id')
    .where('submissions.client_id', asked.submission.clientId)
    .whereIn('submissions.person', personTokens(askingPerson(asked)))
    .whereIn('waiting_list.state', ['waiting', 'offered'])
    .first()
  return waiting !== null
}

/** The number from which somebody calls, to be confirmed rather than typed. */
async function callerNumber(visit: Visit): Promise<string> {
  const call = visit.callId ? await Call.find(visit.callId) : null
  return call ? ((await numbersOf([call])).get(call.id) ?? '') : ''
}
