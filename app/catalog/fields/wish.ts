import { narrow, narrowNumber, UNREADABLE } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'
import {
  addDays,
  isOfficeClosed,
  isRealDate,
  spokenTime,
  weekday,
} from '#app/core/japanese_calendar'
import type { Random } from '#app/core/random'
import { TIME_OF_DAY } from '#app/core/time_of_day'

const KEPT = /^(\d\d)-(\d\d) (\d\d:\d\d)$/
/** Month, day and time as people write them: 12/22 13:30, 12月22日 午後1時30分, 12月22日 正午. */
const WRITTEN =
  /^(\d{1,2})(?:月 ?(\d{1,2})日|[-/.](\d{1,2})) ?(?:(正午)|(午前|午後|AM|PM)? ?(\d{1,2})(?:時 ?(?:(\d{1,2})分|(半))?|[:.](\d{2})) ?(AM|PM)?)$/
const CLOSED = /^(\d\d)(\d\d)(\d\d)(\d\d)$/
/** Before this hour nobody means the morning, unless they say so. */
const EARLIEST_HOUR = 6

/** A wished time without a year: MM-DD HH:MM. */
export const wish: FieldKind = {
  name: 'wish',
  label: 'studio.kind_wish',
  keying: 'digits',
  askHint: 'desk.wish_hint',
  paper: 'wish',
  reading: { of: 'digits', loose: false },
  editing: { ...WRITING, cells: false },
  example: () => '12-10 10:30',
  sample: (random, { today }) => sampleWish(random, today),

  normalize(text) {
    const typed = narrow(text)
    const plain = narrowNumber(text.normalize('NFKC')).toUpperCase()
    if (plain.includes(UNREADABLE)) return { value: /^[\d●]{8}$/.test(plain) ? plain : typed }
    if (typed === '') return { value: '' }
    const value = KEPT.test(plain) ? plain : momentOf(plain)
    return value && isMoment(value) ? { value } : { value: typed, problem: 'wish' }
  },
  show(value, locale) {
    const kept = KEPT.exec(value)
    if (!kept || !isMoment(value)) return value
    const [, month, day, time] = kept
    return locale === 'ja'
      ? `${Number(month)}月${Number(day)}日 ${spokenTime(time)}`
      : `${Number(month)}/${Number(day)} ${time}`
  },
  typed(value) {
    const digits = value.replace(/[- :]/g, '')
    return momentOf(digits) === value ? digits : value
  },
  onPaper: (value) => ({ text: value.replace(/\D/g, '') }),
}

function isMoment(value: string): boolean {
  const [day, time] = value.split(' ')
  return isRealDate(`2024-${day}`) && TIME_OF_DAY.test(time)
}

function momentOf(plain: string): string | null {
  const two = (part: string | number) => String(part).padStart(2, '0')
  const closed = CLOSED.exec(plain)
  if (closed) {
    const [, month, day, hour, minute] = closed
    return Number(hour) < EARLIEST_HOUR ? null : `${month}-${day} ${hour}:${minute}`
  }
  const written = WRITTEN.exec(plain)
  if (!written) return null
  const [, month, day, slashed, noon, before, hours, minutes, halfPast, colon, after] = written
  const hour = noon ? 12 : hourOf(Number(hours), before ?? after)
  if (hour === null || (before && after)) return null
  const minute = noon ? 0 : halfPast ? 30 : Number(minutes ?? colon ?? 0)
  return `${two(month)}-${two(day ?? slashed)} ${two(hour)}:${two(minute)}`
}

/** 午後1時 is 13; 12 with 午前 or 午後 means one thing to some and another to others. */
function hourOf(hour: number, half: string | undefined): number | null {
  if (!half) return hour < EARLIEST_HOUR ? null : hour
  if (hour > 11) return null
  return half === '午後' || half === 'PM' ? hour + 12 : hour
}

/** A Tuesday or Thursday from six days ahead, between half past nine and three. */
export function sampleWish(random: Random, today: string): string {
  let day = addDays(today, random.whole(6, 34))
  while (![2, 4].includes(weekday(day)) || isOfficeClosed(day)) day = addDays(day, 1)
  const quarter = random.whole(0, 21)
  const minutes = 9 * 60 + 30 + quarter * 15
  return `${day.slice(5)} ${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
