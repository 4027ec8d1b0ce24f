import { eraDate, spokenTime, weekdayKanji } from '#app/core/japanese_calendar'

/** Spoken names of days of the month; numbers that can be misheard (四日・八日) have names of their own. */
const DAYS: Record<number, string> = {
  1: 'ついたち',
  2: 'ふつか',
  3: 'みっか',
  4: 'よっか',
  5: 'いつか',
  6: 'むいか',
  7: 'なのか',
  8: 'ようか',
  9: 'ここのか',
  10: 'とおか',
  14: 'じゅうよっか',
  20: 'はつか',
  24: 'にじゅうよっか',
}

const DIGITS = ['ゼロ', 'イチ', 'ニー', 'サン', 'ヨン', 'ゴー', 'ロク', 'ナナ', 'ハチ', 'キュー']

/** A day as it is read aloud: 12月10日、とおか、木曜日 (from YYYY-MM-DD). */
export function spokenDay(day: string): string {
  const [, month, date] = day.split('-').map(Number)
  const name = DAYS[date]
  return [`${month}月${date}日`, ...(name ? [name] : []), `${weekdayKanji(day)}曜日`].join('、')
}

/** A time of a booking as it is read aloud (from YYYY-MM-DDTHH:MM). */
export function spokenMoment(startsAt: string): string {
  return `${spokenDay(startsAt.slice(0, 10))}、${spokenTime(startsAt.slice(11, 16))}`
}

/**
 * Digits as they are read aloud, in groups that an ear can keep: phones as they are written, others from the left in
 * fours. Each digit has a name that can't be taken for another.
 */
export function spokenDigits(digits: string): string {
  return chunks(digits)
    .map((chunk) => [...chunk].map((digit) => DIGITS[Number(digit)] ?? digit).join(' '))
    .join('、')
}

/** The same groups in figures: 0263 00 1234. */
export function chunkedDigits(digits: string): string {
  return chunks(digits).join(' ')
}

function chunks(digits: string): string[] {
  if (/^0[5-9]0\d{8}$/.test(digits))
    return [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)]
  if (/^0\d{9}$/.test(digits)) return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)]
  return digits.match(/.{1,4}/gu) ?? []
}

/** 令和8年12月10日(木) 午前10時30分, from YYYY-MM-DDTHH:MM. */
export function spokenSlot(startsAt: string): string {
  const day = startsAt.slice(0, 10)
  return `${eraDate(day)}(${weekdayKanji(day)}) ${spokenTime(startsAt.slice(11, 16))}`
}
