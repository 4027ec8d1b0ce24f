import type { DescribedBooking } from '#app/bookings/describe_booking'
import type { DESK_WORDS, VisitStep } from '#app/catalog/description'
import { CONDITION } from '#app/catalog/stray_word'
import type ServiceVersion from '#app/catalog/service_version'
import type { AskedFor } from '#app/handover/connector'
import { priceOf } from '#app/replies/compose_letter'
import { eraDate, isRealDate } from '#app/shared/japanese_calendar'
import { chunkedDigits, spokenDigits, spokenMoment } from '#app/shared/spoken'

interface Known {
  visit: { channel: string; askedBy: string | null }
  asked: AskedFor | null
  booking: DescribedBooking | null
  stops: Map<number, string>
}

/** What is said at a step of the visit, with what is known filled in; numbers as an ear can keep them. */
export function sayings(
  version: ServiceVersion,
  step: VisitStep,
  locale: 'ja' | 'en',
  { visit, asked, booking, stops }: Known
): string[] {
  const { person, handover, deskScript } = version.description
  const value = (field: string | undefined) => asked?.value(field) ?? ''
  const stop = (field: string) => stops.get(Number(value(field))) ?? value(field)
  const birthday = value(person.birthDate)
  const lastFour = value(person.phone).slice(-4)
  const words: Record<(typeof DESK_WORDS)[number], string> = {
    name: value(person.name) || value(person.kana),
    birthday: isRealDate(birthday) ? eraDate(birthday) : '',
    receipt: asked?.submission.receipt ?? '',
    watchword: value(person.watchword),
    spoken: booking ? spokenMoment(booking.startsAt) : '',
    place: booking?.place[locale] ?? '',
    from: handover.connector === 'ride' ? stop(handover.from) : '',
    to: handover.connector === 'ride' ? stop(handover.to) : '',
    price: asked ? priceOf(asked).toLocaleString('ja-JP') : '',
    digits: lastFour ? `${chunkedDigits(lastFour)} (${spokenDigits(lastFour)})` : '',
  }
  const askedBy = value(person.askedBy) || visit.askedBy
  return (deskScript?.[step]?.[locale] ?? [])
    .filter((line) => isMeant(line, visit.channel, askedBy))
    .map((line) =>
      line
        .replace(CONDITION, '')
        .replace(/\{([a-z]+)\}/g, (whole, key: keyof typeof words) => words[key] ?? whole)
    )
}

function isMeant(line: string, channel: string, askedBy: string | null): boolean {
  const condition = CONDITION.exec(line)?.[1]
  if (!condition) return true
  return condition === 'family' ? askedBy !== null && askedBy !== 'self' : condition === channel
}
