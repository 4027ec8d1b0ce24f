import { narrow, UNREADABLE } from '#app/catalog/fields/characters'
import type { Normalized, Problem } from '#app/catalog/fields/field_kind'
import {
  ERAS,
  eraDate,
  fromEra,
  isRealDate,
  toEra,
  type EraLetter,
} from '#app/core/japanese_calendar'

const ERA_DIGITS: Record<string, EraLetter> = { 1: 'M', 2: 'T', 3: 'S', 4: 'H', 5: 'R' }
const ERA_KANJI: Record<string, EraLetter> = { 明: 'M', 大: 'T', 昭: 'S', 平: 'H', 令: 'R' }
const MEIJI = '1868-01-25'

/** Year, month and day, as 年月日 or parted by one and the same sign. */
const PARTED =
  /^([\d●]{1,4}) ?(?:年 ?([\d●]{1,2}) ?月 ?([\d●]{1,2}) ?日?|([-/.]) ?([\d●]{1,2}) ?\4 ?([\d●]{1,2}))$/
const ERA = /^(明治|大正|昭和|平成|令和|明|大|昭|平|令|[MTSHR●])[ .]?(?=[\d●])([\d●].*)$/

interface Parts {
  era: EraLetter | typeof UNREADABLE | null
  year: string
  month: string
  day: string
}

/** A date of which month or day isn't known, as registers have them: YYYY-00-00, YYYY-MM-00. */
const PARTIAL = /^(\d{4})-(?:00|(0[1-9]|1[0-2]))-00$/

/**
 * A date in any notation as YYYY-MM-DD; month and day 00 where they aren't known.
 * @param latest the last day that is believed; null where it may lie ahead
 */
export function normalizeDate(text: string, latest: string | null): Normalized {
  const typed = narrow(text)
  if (typed === '') return { value: '' }
  const plain = narrow(text.normalize('NFKC'))
    .toUpperCase()
    .replace(/元年/g, '1年')
    .replace(/^西暦 ?/, '')
  const parts = partsOf(plain)
  if (plain.includes(UNREADABLE)) return { value: parts ? compact(parts) : typed }
  if (!parts) return { value: typed, problem: hasNoEra(plain) ? 'era' : 'date' }
  const value = dateOf(parts)
  if (!value) return { value: typed, problem: 'date' }
  const problem = outOfRange(value, latest)
  return problem ? { value: typed, problem } : { value }
}

/** The parts of a date whose year can be told: by its era or its four digits. */
function partsOf(plain: string): Parts | null {
  const western = /^([\d●]{4})([\d●]{2})([\d●]{2})$/.exec(plain)
  if (western) return { era: null, year: western[1], month: western[2], day: western[3] }
  const named = ERA.exec(plain)
  const numbered = /^([1-5])(?:([\d●]{6})|([-/.])([\d●]{1,2}\3[\d●]{1,2}\3[\d●]{1,2}))$/.exec(plain)
  const rest = named ? named[2] : numbered ? (numbered[2] ?? numbered[4]) : plain
  const letter = named ? named[1][0] : numbered?.[1]
  const era = letter ? (ERA_KANJI[letter] ?? ERA_DIGITS[letter] ?? (letter as Parts['era'])) : null
  const closed = era && /^([\d●]{2})([\d●]{2})([\d●]{2})$/.exec(rest)
  if (closed) return { era, year: closed[1], month: closed[2], day: closed[3] }
  const parted = PARTED.exec(rest)
  if (!parted) return null
  const [year, month, day] = [parted[1], parted[2] ?? parted[5], parted[3] ?? parted[6]]
  if (era ? year.length > 2 : year.length !== 4) return null
  return { era, year, month, day }
}

/** A date with a year of two digits: nobody can tell of which era. */
function hasNoEra(plain: string): boolean {
  const parted = PARTED.exec(plain)
  return /^\d{6}$/.test(plain) || (parted !== null && parted[1].length <= 2)
}

function compact({ era, year, month, day }: Parts): string {
  const two = (part: string) => part.padStart(2, '0')
  return era ? `${era}${two(year)}${two(month)}${two(day)}` : `${year}-${two(month)}-${two(day)}`
}

/** YYYY-MM-DD, month and day 00 where they aren't known; null where there is no such day. */
function dateOf({ era, ...parts }: Parts): string | null {
  const [year, month, day] = [parts.year, parts.month, parts.day].map(Number)
  if (day === 0) {
    const first = ERAS.find((one) => one.letter === era)
    const western = first ? Number(first.starts.slice(0, 4)) + year - 1 : year
    const partial = `${western}-${String(month).padStart(2, '0')}-00`
    const known = PARTIAL.test(partial) && erasOf(partial)
    const fits = known && (!era || known.some((one) => one.letter === era))
    return fits && year > 0 ? partial : null
  }
  if (era) return fromEra(era as EraLetter, year, month, day)
  const date = compact({ era: null, ...parts })
  return isRealDate(date) ? date : null
}

function outOfRange(value: string, latest: string | null): Problem | null {
  // A partial date lies as late as it can against the past, and as early as it can against the future.
  const last = value.replace('-00-00', '-12-31').replace(/-00$/, '-31')
  return last < MEIJI || (latest !== null && value > latest) ? 'date_range' : null
}

/** The eras in which a partial date may lie. */
function erasOf(partial: string) {
  const first = partial.replace('-00-00', '-01-01').replace(/-00$/, '-01')
  const last = partial.replace('-00-00', '-12-31').replace(/-00$/, '-31')
  return ERAS.filter((era, index) => {
    const next = ERAS[index - 1]
    return last >= era.starts && (!next || first < next.starts)
  })
}

/** 昭和19年5月3日 (1944年); of partial dates what is known. */
export function showDate(value: string, locale: 'ja' | 'en'): string {
  if (isRealDate(value))
    return locale === 'ja'
      ? `${eraDate(value)} (${Number(value.slice(0, 4))}年)`
      : `${value} (${eraDate(value)})`
  const partial = PARTIAL.exec(value)
  if (!partial) return value
  const [, year, month] = partial
  const eras = erasOf(value)
    .reverse()
    .map(({ kanji, starts }) => {
      const count = Number(year) - Number(starts.slice(0, 4)) + 1
      return `${kanji}${count === 1 ? '元' : count}年`
    })
    .join('・')
  const rest = month ? `${Number(month)}月 (日は不明)` : ' (月日は不明)'
  return locale === 'ja'
    ? `${eras}${rest} (${year}年)`
    : `${month ? `${year}-${month}, day unknown` : `${year}, month and day unknown`} (${eras})`
}

/** S190503, as dates are keyed. */
export function typedDate(value: string): string {
  if (isRealDate(value)) {
    const { letter, year, month, day } = toEra(value)
    return [letter, ...[year, month, day].map((part) => String(part).padStart(2, '0'))].join('')
  }
  return value
}

/** The midnight that spreadsheets add to what was meant as a day. */
const MIDNIGHT = /[ T]0?0:00(?::00(?:\.0+)?)?$/

/** A cell of a table without the midnight of its day. */
export function dateCell(text: string): string {
  return text.replace(MIDNIGHT, '')
}
