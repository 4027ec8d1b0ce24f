import type { Queries } from '#app/core/queries'
import { plainLabel } from '#app/catalog/plain_label'
import { fieldOf, show } from '#app/catalog/field_values'
import { FREE, type Contact } from '#app/registry/contact'
import type { WishedSize } from '#app/registry/wishes/reply_wish'
import type ServiceVersion from '#app/catalog/service_version'
import { describeBooking, type DescribedBooking } from '#app/bookings/describe_booking'
import { connectorOf } from '#app/handover/connectors'
import type { HandoverContext } from '#app/handover/connector'
import type { AskedFor } from '#app/submissions/asked_for'
import { fill, type Letter } from '#app/replies/letter'
import { type Placeholders } from '#app/catalog/letter_placeholders'
import { today } from '#app/core/clock'
import { eraDate, spokenTime, weekdayKanji } from '#app/core/japanese_calendar'

/** The size of type where nobody has wished for another (points). */
const PLAIN_SIZE = 18

/** Fills in a letter of the service for a handover. */
export async function composeLetter(
  kind: string,
  context: HandoverContext,
  client: Queries,
  contact: Pick<Contact, 'sendTo' | 'mailName'>,
  wish: { typeSize: WishedSize | null }
): Promise<Letter> {
  const { handover, version } = context
  const bookingId = connectorOf(version).bookingOf(handover)
  const booking = bookingId ? await describeBooking(bookingId, client) : null
  const letter = await composeFor(kind, context, booking, client, contact)
  // What was asked for this once counts before what was wished for once and for all.
  return letter.size === PLAIN_SIZE && wish.typeSize ? { ...letter, size: wish.typeSize } : letter
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
    size: value(person.typeSize) === 'huge' ? 24 : PLAIN_SIZE,
  }
}

async function placeholders(
  asked: AskedFor,
  booking: DescribedBooking | null,
  client: Queries
): Promise<Placeholders> {
  const { submission, version, value } = asked
  const { person, contact } = version.description
  const [day, time] = booking ? [booking.startsAt.slice(0, 10), booking.startsAt.slice(11)] : []
  const connector = connectorOf(version)
  return {
    wants: person.wants ? show(plainOptions(version, person.wants), value(person.wants)) : '',
    date: day ? eraDate(day) : '',
    weekday: day ? weekdayKanji(day) : '',
    time: time ? spokenTime(time) : '',
    leaves: booking?.endsAt ? spokenTime(booking.endsAt.slice(11)) : '',
    place: booking?.place.ja ?? '',
    from: '',
    to: '',
    price: connector.price(asked).toLocaleString('ja-JP'),
    phone: contact.phone,
    hours: contact.hours,
    receipt: submission.receipt,
    name: value(person.name) || value(person.kana),
    number: value(person.phone).slice(-4),
    watchword: value(person.watchword),
    free: '',
    arrived: eraDate(submission.arrivedOn),
    document: '',
    faults: '',
    deadline: '',
    post: '',
    registration: '',
    ...(await connector.letterWords(asked, client)),
  }
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
