import type { DescribedBooking } from '#app/bookings/describe_booking'
import type { Description } from '#app/catalog/description'
import type { DESK_WORDS, VisitStep } from '#app/catalog/script_steps'
import { linesFor } from '#app/catalog/spoken_script'
import type ServiceVersion from '#app/catalog/service_version'
import type { AskedFor } from '#app/submissions/asked_for'
import type { ConnectorWords } from '#app/handover/connector'
import { connectorOf } from '#app/handover/connectors'
import { eraDate, isRealDate } from '#app/core/japanese_calendar'
import { chunkedDigits, spokenDigits, spokenMoment } from '#app/core/spoken'

interface Known {
  visit: { channel: string; askedBy: string | null }
  asked: AskedFor | null
  booking: DescribedBooking | null
  /** words that only the connector knows */
  words: ConnectorWords
  /** how many times can be offered; null at other steps */
  offered: number | null
  waiting: boolean
  /** whether a letter may follow */
  mail: boolean
}

/** Returns what is said at a step of the visit, with what is known filled in; numbers as an ear can keep them. */
export function deskScriptLines(
  version: ServiceVersion,
  step: VisitStep,
  locale: 'ja' | 'en',
  { visit, asked, booking, words: known, offered, waiting, mail }: Known
): string[] {
  const { person, deskScript } = version.description
  const value = (field: string | undefined) => asked?.value(field) ?? ''
  const birthday = value(person.birthDate)
  const lastFour = value(person.phone).slice(-4)
  const words: Record<(typeof DESK_WORDS)[number], string> = {
    name: value(person.name) || value(person.kana),
    birthday: isRealDate(birthday) ? eraDate(birthday) : '',
    receipt: asked?.submission.receipt ?? '',
    watchword: value(person.watchword),
    spoken: booking ? spokenMoment(booking.startsAt) : '',
    place: booking?.place[locale] ?? '',
    from: known.from ?? '',
    to: known.to ?? '',
    price: asked ? connectorOf(version).price(asked).toLocaleString('ja-JP') : '',
    count: COUNTS[offered ?? 3] ?? String(offered),
    digits: lastFour ? `${chunkedDigits(lastFour)} (${spokenDigits(lastFour)})` : '',
  }
  const askedBy = value(person.askedBy) || visit.askedBy
  const forAnother = askedBy !== null && askedBy !== 'self'
  return linesFor(
    readFromPaper(said(deskScript, step, locale, { offered, waiting }), step, visit.channel),
    {
      channel: visit.channel,
      forAnother,
      mail,
    }
  ).map((line) =>
    line
      .replace(/三つ/g, words.count)
      .replace(/\{([a-z]+)\}/g, (whole, key: keyof typeof words) => words[key] ?? whole)
  )
}

/** At the counter what was booked is read from paper, not said aloud before others. */
function readFromPaper(lines: string[], step: VisitStep, channel: string): string[] {
  return step === 'read_back' && channel === 'counter'
    ? lines.filter((line) => !line.includes('{spoken}') || line.startsWith('@'))
    : lines
}

const COUNTS = ['', '一つ', '二つ', '三つ', '四つ', '五つ', '六つ', '七つ', '八つ', '九つ']

/** Lines for what a service's own script doesn't say. */
const OTHERWISE = {
  no_slots: {
    ja: [
      'いまは、空いている日時がありません。',
      '空きが出るのを待つこともできます。空いたら、お電話します。',
    ],
    en: ['Nothing is free right now.', 'You can wait for a place: we call when there is one.'],
  },
  waiting: {
    ja: [
      '予約は、まだとれていません。空きを待つ列に入りました。受付番号は {receipt} です。',
      '空いたら、お電話します。はじめに合言葉「{watchword}」と言います。それ以外は、うたがってください。',
    ],
    en: [
      'It is not booked yet: you are on the waiting list. The receipt number is {receipt}.',
      'We call when there is a place, and first say the watchword “{watchword}”. Trust no other.',
    ],
  },
}

/** Chooses the lines: of the step, or of how it really ended. */
function said(
  deskScript: Description['deskScript'],
  step: VisitStep,
  locale: 'ja' | 'en',
  { offered, waiting }: { offered: number | null; waiting: boolean }
): string[] {
  const other =
    step === 'slots' && offered === 0
      ? ('no_slots' as const)
      : step === 'done' && waiting
        ? ('waiting' as const)
        : null
  if (!other) return deskScript?.[step]?.[locale] ?? []
  return deskScript?.[other]?.[locale] ?? OTHERWISE[other][locale]
}
