import app from '@adonisjs/core/services/app'
import type { Queries } from '#app/core/queries'
import { stopNames } from '#app/bookings/stops'
import { plainLabel } from '#app/catalog/plain_label'
import { acceptanceOf } from '#app/catalog/service_handover'
import { fieldOf, show } from '#app/catalog/kinds'
import { FREE, type Contact } from '#app/registry/contact'
import type ServiceVersion from '#app/catalog/service_version'
import { describeBooking, type DescribedBooking } from '#app/bookings/describe_booking'
import { Connectors } from '#app/handover/connectors'
import type { HandoverContext } from '#app/handover/connector'
import type { AskedFor } from '#app/submissions/asked_for'
import { faultsOf } from '#app/handover/acceptance/acceptance_check'
import { deadlineOf, lastPostBefore } from '#app/handover/acceptance/deadline'
import { fill, type Letter } from '#app/replies/letter'
import { type Placeholders } from '#app/catalog/letter_placeholders'
import { today } from '#app/core/clock'
import { eraDate, spokenTime, weekdayKanji } from '#app/core/japanese_calendar'
import { spokenSlot } from '#app/core/spoken'

/** How many free times a letter names when nothing of what was wished was free. */
const OFFERED = 4

/** Fills in a letter of the service for a handover. */
export async function composeLetter(
  kind: string,
  context: HandoverContext,
  client: Queries,
  contact: Pick<Contact, 'sendTo' | 'mailName'>
): Promise<Letter> {
  const { handover, version } = context
  const isBooked = handover.reference && version.description.handover.connector !== 'delivery'
  const booking = isBooked ? await describeBooking(handover.reference!, client) : null
  return composeFor(kind, context, booking, client, contact)
}

/** Fills in a letter or slip of the service for what somebody asked, with the booking that it tells of. */
export async function composeFor(
  kind: string,
  asked: AskedFor,
  booking: DescribedBooking | null,
  client: Queries,
  { sendTo, mailName }: Pick<Contact, 'sendTo' | 'mailName'> = FREE
): Promise<Letter> {
  const { submission, version, value } = asked
  const { person, contact, replies } = version.description
  return {
    text: fill(replies.letters[kind], await placeholders(asked, booking, client)),
    date: eraDate(today()),
    to: sendTo
      ? {
          postcode: show(fieldOf('postcode'), sendTo.postcode),
          address: sendTo.address,
          name: sendTo.name || mailName || value(person.name) || value(person.kana),
        }
      : {
          postcode: person.postcode
            ? show(version.field(person.postcode), value(person.postcode))
            : '',
          address: value(person.address),
          name: mailName || value(person.name) || value(person.kana),
        },
    ...(sendTo ? { redirectedTo: JSON.stringify(sendTo) } : {}),
    receipt: submission.receipt,
    contact,
    size: value(person.typeSize) === 'huge' ? 24 : 18,
  }
}

async function placeholders(
  asked: AskedFor,
  booking: DescribedBooking | null,
  client: Queries
): Promise<Placeholders> {
  const { submission, version, value } = asked
  const { person, contact, handover } = version.description
  const [day, time] = booking ? [booking.startsAt.slice(0, 10), booking.startsAt.slice(11)] : []
  const stops = await stopNames(submission.clientId, client)
  const stop = (field: string) => `${value(field)} ${stops.get(Number(value(field))) ?? ''}`
  return {
    wants: person.wants ? show(plainOptions(version, person.wants), value(person.wants)) : '',
    date: day ? eraDate(day) : '',
    weekday: day ? weekdayKanji(day) : '',
    time: time ? spokenTime(time) : '',
    leaves: booking?.endsAt ? spokenTime(booking.endsAt.slice(11)) : '',
    place: booking?.place.ja ?? '',
    from: handover.connector === 'ride' ? stop(handover.from) : '',
    to: handover.connector === 'ride' ? stop(handover.to) : '',
    price: priceOf(asked).toLocaleString('ja-JP'),
    phone: contact.phone,
    hours: contact.hours,
    receipt: submission.receipt,
    name: value(person.name) || value(person.kana),
    number: value(person.phone).slice(-4),
    watchword: value(person.watchword),
    free:
      handover.connector === 'delivery'
        ? ''
        : (await freeTimes(asked, client)) || '(いまは空きがありません)',
    arrived: eraDate(submission.arrivedOn),
    document: '',
    ...(await acceptanceWords(asked, client)),
  }
}

/** What is lacking, and by when the answer must have arrived. */
async function acceptanceWords(
  { submission, version, value }: AskedFor,
  client: Queries
): Promise<Pick<Placeholders, 'faults' | 'deadline' | 'post'>> {
  const rules = acceptanceOf(version.description.handover)
  if (!rules) return { faults: '', deadline: '', post: '' }
  const lacking = await faultsOf(submission.id, client)
  const deadline = rules.deadline && deadlineOf(rules.deadline, value)
  const spoken = (day: string) => `${eraDate(day)}(${weekdayKanji(day)})`
  return {
    faults: rules.faults
      .filter((fault) => lacking.includes(fault.key))
      .map((fault) => fault.letter)
      .join(''),
    deadline: deadline ? spoken(deadline) : '',
    post: deadline ? spoken(lastPostBefore(deadline)) : '',
  }
}

/** What is to be paid, in yen: of the options that were chosen, or of the fares that are known. */
export function priceOf({ version, value }: AskedFor): number {
  const { handover, person } = version.description
  if (handover.connector === 'ride')
    return handover.fares.reduce(
      (sum, fare) => sum + (fare.yen ?? 0) * Number(value(fare.field) || 0),
      0
    )
  if (handover.connector === 'delivery') return 0
  return value(person.wants)
    .split(',')
    .filter(Boolean)
    .reduce((sum, option) => sum + (handover.prices[option] ?? 0), 0)
}

async function freeTimes(asked: AskedFor, client: Queries): Promise<string> {
  const connectors = await app.container.make(Connectors)
  const offers = await connectors
    .slotsOf(asked.version)
    .offers(asked, { door: 'phone', count: OFFERED }, client)
  return offers.map(({ startsAt }) => spokenSlot(startsAt)).join('\n')
}

/** Options without the price that stands in their label. */
function plainOptions(version: ServiceVersion, key: string) {
  const field = version.field(key)
  return {
    ...field,
    options: field.options?.map((option) => ({
      ...option,
      label: plainLabel(option.label),
    })),
  }
}
