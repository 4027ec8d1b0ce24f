import { narrow, narrowNumber, UNREADABLE } from '#app/catalog/fields/characters'
import type { FieldKind, Problem } from '#app/catalog/fields/field_kind'

/** The Luhn check (ISO/IEC 7812-1): the last digit makes the weighted sum a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    let digit = Number(digits[digits.length - 1 - index])
    if (index % 2 === 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2
    sum += digit
  }
  return sum % 10 === 0
}

/** Digits in groups that a space or a hyphen parts, put together; null where anything else stands there. */
export function groupedDigits(text: string): string | null {
  const plain = narrowNumber(text)
  return /^[\d●]+(?:[- ][\d●]+)*$/.test(plain) ? plain.replace(/[- ]/g, '') : null
}

/** A number of digits. Where its length is known it may be written in groups; else a separator is asked about. */
export const digits: FieldKind = {
  normalize(text, field) {
    const typed = narrow(text)
    if (typed === '') return { value: '' }
    const value = groupedDigits(text)
    const doubt = (problem: Problem) => ({ value: typed, problem })
    if (value === null || (!field.cells && value !== typed)) return doubt('digits')
    if (value.includes(UNREADABLE)) return { value }
    if (field.cells && value.length !== field.cells) return doubt('length')
    if (field.check === 'luhn' && !passesLuhn(value)) return doubt('check_digit')
    return { value }
  },
}

export const postcode: FieldKind = {
  normalize(text) {
    const typed = narrow(text)
    if (typed === '') return { value: '' }
    const plain = /^〒? ?([\d●]{3})[- ]{0,3}([\d●]{4})$/.exec(narrowNumber(text))
    const value = plain && plain[1] + plain[2]
    // None begins with 000, and every one has a town.
    return !value || value === '0000000'
      ? {
          value: typed.includes(UNREADABLE) ? narrowNumber(text) : typed,
          ...(typed.includes(UNREADABLE) ? {} : { problem: 'postcode' as const }),
        }
      : { value }
  },
  show: (value) => (/^[\d●]{7}$/.test(value) ? `${value.slice(0, 3)}-${value.slice(3)}` : value),
}

/** ¥12,000-, 12000円也, 30000.00: digits, thousands parted or not, and cents only where there are none. */
const MONEY = /^(?:¥|￥|金)? ?(\d+|\d{1,3}(?:[,，、]\d{3})+)(?:\.0{1,2})? ?(?:円|円也|也)?[-.]?$/
const MOST_DIGITS = 9

/** Yen. */
export const money: FieldKind = {
  normalize(text) {
    const typed = narrow(text)
    if (typed === '') return { value: '' }
    const plain = narrowNumber(text)
    if (plain.includes(UNREADABLE)) return { value: plain }
    const amount = MONEY.exec(plain)?.[1]
      .replace(/[,，、]/g, '')
      .replace(/^0+(?=\d)/, '')
    return amount && amount.length <= MOST_DIGITS
      ? { value: amount }
      : { value: typed, problem: 'money' }
  },
  show: (value) => (/^\d+$/.test(value) ? `${Number(value).toLocaleString('ja-JP')}円` : value),
}
