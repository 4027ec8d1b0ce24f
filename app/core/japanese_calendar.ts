import { DateTime } from 'luxon'
import holidays from '@holiday-jp/holiday_jp'

/** Eras since Meiji with the first day of each (Gregorian). */
export const ERAS = [
  { letter: 'R', kanji: '令和', starts: '2019-05-01' },
  { letter: 'H', kanji: '平成', starts: '1989-01-08' },
  { letter: 'S', kanji: '昭和', starts: '1926-12-25' },
  { letter: 'T', kanji: '大正', starts: '1912-07-30' },
  { letter: 'M', kanji: '明治', starts: '1868-01-25' },
] as const

export type EraLetter = (typeof ERAS)[number]['letter']

const WEEKDAYS = ['月', '火', '水', '木', '金', '土', '日']

/** A Tokyo date `YYYY-MM-DD` moved by some days. */
export function addDays(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate()!
}

/** The same day some years later; 28 February for a 29th that there isn't. */
export function addYears(date: string, years: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ years }).toISODate()!
}

/** 1 (Monday) to 7 (Sunday). */
export function weekday(date: string): number {
  return DateTime.fromISO(date, { zone: 'utc' }).weekday
}

/** Whether `YYYY-MM-DD` is a real day of the calendar, as the database knows them: there is no year 0. */
export function isRealDate(date: string): boolean {
  return /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(date) && DateTime.fromISO(date, { zone: 'utc' }).isValid
}

/** A moment as `YYYY-MM-DDTHH:MM` on paper: 令和8年(2026年)12月10日 14:05. */
export function eraMoment(wallTime: string): string {
  const [date, time] = wallTime.split('T')
  return `${eraAndYear(date)} ${time}`
}

/** Public holidays by law (祝日・休日). */
export function isPublicHoliday(date: string): boolean {
  return holidays.isHoliday(new Date(`${date}T00:00:00`))
}

/** City offices are closed on weekends, public holidays and from 29 December to 3 January. */
export function isOfficeClosed(date: string): boolean {
  const monthDay = date.slice(5)
  return weekday(date) >= 6 || isPublicHoliday(date) || monthDay >= '12-29' || monthDay <= '01-03'
}

/**
 * The day that is so many days later on which the office is open.
 * @param own days on which it is closed besides
 */
export function addWorkingDays(
  date: string,
  days: number,
  own: ReadonlySet<string> = new Set()
): string {
  let day = date
  for (let left = days; left > 0;) {
    day = addDays(day, 1)
    if (!isOfficeClosed(day) && !own.has(day)) left--
  }
  return day
}

/**
 * The Gregorian date of an era date; null when that day isn't in that era or doesn't exist
 * (大正20年, 31 April). Year 1 is 元年.
 */
export function fromEra(
  letter: EraLetter,
  year: number,
  month: number,
  day: number
): string | null {
  const index = ERAS.findIndex((era) => era.letter === letter)
  if (index < 0 || year < 1) return null
  const era = ERAS[index]
  const gregorian = Number(era.starts.slice(0, 4)) + year - 1
  const date = `${gregorian}-${pad(month)}-${pad(day)}`
  if (!isRealDate(date) || date < era.starts) return null
  const next = ERAS[index - 1]
  return next && date >= next.starts ? null : date
}

/** The era, year, month and day of a Gregorian date. */
export function toEra(date: string) {
  const era = ERAS.find((candidate) => date >= candidate.starts) ?? ERAS[ERAS.length - 1]
  const [year, month, day] = date.split('-').map(Number)
  return {
    letter: era.letter,
    kanji: era.kanji,
    year: year - Number(era.starts.slice(0, 4)) + 1,
    month,
    day,
  }
}

/** 令和8年11月27日 */
export function eraDate(date: string): string {
  const { kanji, year, month, day } = toEra(date)
  return `${kanji}${year === 1 ? '元' : year}年${month}月${day}日`
}

/** 令和8年(2026年)11月27日: for screens, where people of all ages and countries read it. */
export function eraAndYear(date: string): string {
  return eraDate(date).replace('年', `年(${Number(date.slice(0, 4))}年)`)
}

/** 木 */
export function weekdayKanji(date: string): string {
  return WEEKDAYS[weekday(date) - 1]
}

/** 午前10時30分, from `HH:MM`; noon is 正午, and a quarter past it 午後0時15分. */
export function spokenTime(time: string): string {
  const [hour, minute] = time.split(':').map(Number)
  if (hour === 12 && minute === 0) return '正午'
  const half = hour < 12 ? '午前' : '午後'
  const shown = hour < 12 ? hour : hour - 12
  return `${half}${shown}時${minute === 0 ? '' : `${minute}分`}`
}

/**
 * The next day with this month and day, on or after `from`, at most a year ahead; null for a day that
 * no such year has.
 */
export function nextMonthDay(from: string, month: number, day: number): string | null {
  const year = Number(from.slice(0, 4))
  for (const candidate of [year, year + 1]) {
    const date = `${candidate}-${pad(month)}-${pad(day)}`
    if (isRealDate(date) && date >= from) return date
  }
  return null
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
