import type { Queries } from '#app/shared/queries'
import { show } from '#app/catalog/kinds'
import type ServiceVersion from '#app/catalog/service_version'
import { nearestFreeSlots } from '#app/bookings/free_slots'
import type { HandoverContext } from '#app/handover/connector'
import { wishedTimes } from '#app/handover/booking_connector'
import { fill, type Letter, type Placeholders } from '#app/replies/letter'
import { today } from '#app/shared/clock'
import { eraDate, spokenTime, weekdayKanji } from '#app/shared/japanese_calendar'

/** How many free times a letter names when nothing of what was wished was free. */
const OFFERED = 4

/** Fills in a letter of the service for a handover. */
export async function composeLetter(
  kind: string,
  context: HandoverContext,
  client: Queries
): Promise<Letter> {
  const { submission, version, value } = context
  const { person, contact, replies } = version.description
  return {
    text: fill(replies.letters[kind], await placeholders(context, client)),
    date: eraDate(today()),
    to: {
      postcode: show(version.field(person.postcode), value(person.postcode)),
      address: value(person.address),
      name: value(person.name),
    },
    receipt: submission.receipt,
    contact,
    size: value(person.typeSize) === 'huge' ? 24 : 18,
  }
}

async function placeholders(context: HandoverContext, client: Queries): Promise<Placeholders> {
  const { submission, version, value } = context
  const { person, contact, handover } = version.description
  const calendar = await client
    .from('calendars')
    .where({ slug: handover.calendar, client_id: submission.clientId })
    .select('id', 'name')
    .firstOrFail()
  const booked = await bookedTime(context, client)
  const free = await nearestFreeSlots(calendar.id, wishedTimes(context), OFFERED, client)
  const wants = value(person.wants).split(',').filter(Boolean)
  return {
    wants: show(plainOptions(version, person.wants), value(person.wants)),
    date: booked ? eraDate(booked.slice(0, 10)) : '',
    weekday: booked ? weekdayKanji(booked.slice(0, 10)) : '',
    time: booked ? spokenTime(booked.slice(11)) : '',
    place: calendar.name.ja,
    price: wants
      .reduce((sum, option) => sum + (handover.prices[option] ?? 0), 0)
      .toLocaleString('ja-JP'),
    phone: contact.phone,
    hours: contact.hours,
    receipt: submission.receipt,
    free: free.map(({ startsAt }) => spokenSlot(startsAt)).join('\n') || '(いまは空きがありません)',
  }
}

/** 令和8年12月10日(木) 午前10時30分, from YYYY-MM-DDTHH:MM. */
export function spokenSlot(startsAt: string): string {
  const day = startsAt.slice(0, 10)
  return `${eraDate(day)}(${weekdayKanji(day)}) ${spokenTime(startsAt.slice(11, 16))}`
}

/** Options without the price that stands in their label. */
function plainOptions(version: ServiceVersion, key: string) {
  const field = version.field(key)
  return {
    ...field,
    options: field.options?.map((option) => ({
      ...option,
      label: { ja: option.label.ja.replace(/\s*\(.*\)$/, ''), en: option.label.en },
    })),
  }
}

async function bookedTime({ handover }: HandoverContext, client: Queries): Promise<string | null> {
  if (!handover.reference) return null
  const row = await client
    .from('bookings')
    .join('slots', 'slots.id', 'bookings.slot_id')
    .where('bookings.id', handover.reference)
    .select(client.raw(`to_char(slots.starts_at, 'YYYY-MM-DD"T"HH24:MI') as starts_at`))
    .first()
  return row?.starts_at ?? null
}
