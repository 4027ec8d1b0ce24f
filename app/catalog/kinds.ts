import { fromEra, toEra, eraDate, isRealDate, type EraLetter } from '#app/shared/japanese_calendar'
import type { Field, FieldKindName } from '#app/catalog/description'

/** Stands for one character that can't be read. */
export const UNREADABLE = '●'

/** Whether something stands there, and all of it could be read. */
export function isReadable(value: string): boolean {
  return value !== '' && !value.includes(UNREADABLE)
}

/** Why a value is doubtful; the key of a message. */
export type Problem =
  | 'required'
  | 'kana'
  | 'date'
  | 'length'
  | 'check_digit'
  | 'phone'
  | 'postcode'
  | 'option'
  | 'wish'
  | 'stop'
  | 'riders'
  | 'wish_window'
  | 'account'
  | 'postcode_address'
  | 'money'

export interface Normalized {
  /** the form in which values are compared and kept; empty for a blank */
  value: string
  problem?: Problem
}

interface Kind {
  /** Brings what was keyed or read into the form in which it is compared. */
  normalize(text: string, field: Field): Normalized
  /** The value as a person reads it. */
  show?(value: string): string
}

const ERA_DIGITS: Record<string, EraLetter> = { 1: 'M', 2: 'T', 3: 'S', 4: 'H', 5: 'R' }
const ERA_KANJI: Record<string, EraLetter> = { 明: 'M', 大: 'T', 昭: 'S', 平: 'H', 令: 'R' }

/** Full-width letters, digits and spaces to half-width; other characters keep their form. */
function narrow(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (character) =>
      String.fromCharCode(character.charCodeAt(0) - 0xfee0)
    )
    .replace(/[\u3000\s]+/g, ' ')
    .trim()
}

/** Keeps the digits and the signs for unreadable ones. */
function digitsOf(text: string): string {
  return narrow(text).replace(/[^0-9●]/g, '')
}

function toKatakana(text: string): string {
  return text.replace(/[\u3041-\u3096]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) + 0x60)
  )
}

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

const KANJI_DIGITS = '〇一二三四五六七八九'
const LARGE_KANA = 'アイウエオツヤユヨワ'
const NO_FIELD: Field = {
  key: 'free',
  kind: 'text',
  label: { ja: '', en: '' },
  required: false,
  height: 10,
}
/** What stands for something that is there. */
export const PRESENT = 'present'

function presence(): Kind {
  return {
    normalize: (text) => ({ value: text.trim() === '' ? '' : PRESENT }),
    show: (value) => (value === PRESENT ? 'あり' : ''),
  }
}

const KINDS: Record<FieldKindName, Kind> = {
  kana: {
    normalize(text) {
      const value = toKatakana(narrow(text.normalize('NFKC')))
      return /^[\u30A1-\u30FA\u30FC ●A-Za-z]*$/.test(value) ? { value } : { value, problem: 'kana' }
    },
  },
  // Not NFKC: it would replace the very forms of characters that names are kept for.
  name: { normalize: (text) => ({ value: narrow(text) }) },
  text: { normalize: (text) => ({ value: narrow(text) }) },
  address: {
    normalize: (text) => ({
      value: narrow(text)
        .replace(/[‐‑‒–—−ー](?=\d)|(?<=\d)[‐‑‒–—−ー]/g, '-')
        .replaceAll(' ', ''),
    }),
  },
  era_date: {
    normalize(text) {
      const compact = narrow(text.normalize('NFKC')).toUpperCase().replace(/元年/g, '1年')
      if (isRealDate(compact)) return { value: compact }
      const letter =
        ERA_KANJI[compact[0]] ??
        ERA_DIGITS[compact[0]] ??
        (/^[MTSHR●]/.test(compact) ? compact[0] : undefined)
      const parts = compact.slice(1).match(/[0-9●]+/g) ?? []
      const digits =
        parts.length >= 3
          ? parts
              .slice(0, 3)
              .map((part) => part.padStart(2, '0'))
              .join('')
          : parts.join('')
      const value = `${letter ?? ''}${digits}`
      if (value === '' || value.includes(UNREADABLE)) return { value }
      if (!letter || digits.length !== 6) return { value: compact, problem: 'date' }
      const [year, month, day] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(
        Number
      )
      const date = fromEra(letter as EraLetter, year, month, day)
      return date ? { value: date } : { value, problem: 'date' }
    },
    show: (value) => (isRealDate(value) ? eraDate(value) : value),
  },
  digits: {
    normalize(text, field) {
      const value = digitsOf(text)
      if (value === '' || value.includes(UNREADABLE)) return { value }
      if (field.cells && value.length !== field.cells) return { value, problem: 'length' }
      if (field.check === 'luhn' && !passesLuhn(value)) return { value, problem: 'check_digit' }
      return { value }
    },
  },
  postcode: {
    normalize(text) {
      const value = digitsOf(text)
      if (value === '' || value.length === 7) return { value }
      return { value, problem: 'postcode' }
    },
    show: (value) => (value.length === 7 ? `${value.slice(0, 3)}-${value.slice(3)}` : value),
  },
  money: {
    normalize(text) {
      const compact = narrow(text.normalize('NFKC')).replace(/[,，、.．\s¥￥円也-]/g, '')
      if (compact === '' || compact.includes(UNREADABLE)) return { value: compact }
      const value = compact.replace(/^0+(?=\d)/, '')
      return /^\d{1,9}$/.test(value) ? { value } : { value, problem: 'money' }
    },
    show: (value) => (/^\d+$/.test(value) ? `${Number(value).toLocaleString('ja-JP')}円` : value),
  },
  date: {
    normalize(text) {
      const compact = narrow(text.normalize('NFKC')).replace(/元年/g, '1年')
      if (compact === '' || isRealDate(compact)) return { value: compact }
      const parts = compact.match(/[0-9●]+/g) ?? []
      if (compact.includes(UNREADABLE)) return { value: compact }
      const era = /^\s*([明大昭平令MTSHR])/i.exec(compact)
      if (era) return KINDS.era_date.normalize(compact, NO_FIELD)
      const digits = parts.length === 1 ? parts[0] : ''
      const [year, month, day] =
        digits.length === 8
          ? [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)]
          : parts.length === 3
            ? parts
            : []
      const value = [year, month?.padStart(2, '0'), day?.padStart(2, '0')].join('-')
      return isRealDate(value) ? { value } : { value: compact, problem: 'date' }
    },
    show: (value) => (isRealDate(value) ? eraDate(value) : value),
  },
  seal: presence(),
  signature: presence(),
  picture: presence(),
  // ゆうちょ銀行 names its branches by kanji digits: 〇一八店.
  branch: {
    normalize(text) {
      const value = narrow(text.normalize('NFKC'))
        .replaceAll(' ', '')
        .replace(/(支店|(?<=[0-9〇○◯一二三四五六七八九])店)$/, '')
      const digits = value
        .replace(/[○◯]/g, '〇')
        .replace(/\d/g, (digit) => KANJI_DIGITS[Number(digit)])
      return { value: /^[〇一二三四五六七八九]{3}$/.test(digits) ? digits : value }
    },
  },
  account_number: {
    normalize(text) {
      const value = digitsOf(text)
      if (value === '' || value.includes(UNREADABLE)) return { value }
      return value.length <= 7 ? { value: value.padStart(7, '0') } : { value, problem: 'account' }
    },
  },
  account_holder: {
    // What banks exchange: kana without small ones, capitals, digits and few signs (全銀協).
    normalize(text) {
      const value = toKatakana(narrow(text.normalize('NFKC')))
        .replace(
          /[ァィゥェォッャュョヮ]/g,
          (small) => LARGE_KANA['ァィゥェォッャュョヮ'.indexOf(small)]
        )
        .toUpperCase()
      return /^[\u30A1-\u30FA\u30FC ●A-Z0-9().\-/]*$/.test(value)
        ? { value }
        : { value, problem: 'kana' }
    },
  },
  // 記号 of an ordinary account is 1xxx0, of a transfer account 0xxxx; 番号 has up to eight digits.
  yucho_symbol: {
    normalize(text) {
      const value = digitsOf(text)
      if (value === '' || value.includes(UNREADABLE)) return { value }
      return /^(1\d{3}0|0\d{4})$/.test(value) ? { value } : { value, problem: 'account' }
    },
  },
  yucho_number: {
    normalize(text) {
      const value = digitsOf(text)
      if (value === '' || value.includes(UNREADABLE)) return { value }
      return value.length <= 8 ? { value: value.padStart(8, '0') } : { value, problem: 'account' }
    },
  },
  phone: {
    normalize(text) {
      const value = digitsOf(text)
      if (value === '' || value.includes(UNREADABLE) || /^0\d{9,10}$/.test(value)) return { value }
      return { value, problem: 'phone' }
    },
  },
  choice: {
    normalize(text, field) {
      if (text === '' || text === UNREADABLE) return { value: text }
      const known = field.options?.some((option) => option.value === text)
      return known ? { value: text } : { value: '', problem: 'option' }
    },
  },
  ticks: {
    normalize(text, field) {
      if (text.includes(UNREADABLE)) return { value: UNREADABLE }
      const chosen = new Set(text.split(',').filter(Boolean))
      const known = (field.options ?? []).map((option) => option.value)
      const value = known.filter((option) => chosen.has(option)).join(',')
      return [...chosen].every((option) => known.includes(option))
        ? { value }
        : { value, problem: 'option' }
    },
  },
  wish: {
    normalize(text) {
      const parts = narrow(text.normalize('NFKC')).match(/[0-9●]+/g) ?? []
      const digits = (parts.length === 4 ? parts.map((part) => part.padStart(2, '0')) : parts).join(
        ''
      )
      if (digits === '' || digits.includes(UNREADABLE)) return { value: digits }
      const wish = /^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d)$/.exec(digits)
      return wish
        ? { value: `${wish[1]}-${wish[2]} ${wish[3]}:${wish[4]}` }
        : { value: digits, problem: 'wish' }
    },
  },
}

/** Brings a keyed or read text into the compared form of its field, with what is doubtful about it. */
export function normalize(field: Field, text: string): Normalized {
  const result = KINDS[field.kind].normalize(text, field)
  if (result.value === '' && field.required && !result.problem)
    return { value: '', problem: 'required' }
  return result
}

/** The value as a person reads it; options by their labels. */
export function show(field: Field, value: string, locale: 'ja' | 'en' = 'ja'): string {
  if (field.options && (field.kind === 'choice' || field.kind === 'ticks')) {
    return value
      .split(',')
      .map(
        (chosen) =>
          field.options?.find((option) => option.value === chosen)?.label[locale] ?? chosen
      )
      .join('・')
  }
  return KINDS[field.kind].show?.(value) ?? value
}

/** How a value is typed again: the inverse of `normalize`, for filling an input. */
export function typed(field: Field, value: string): string {
  if (field.kind === 'era_date' && isRealDate(value)) {
    const { letter, year, month, day } = toEra(value)
    return [letter, ...[year, month, day].map((part) => String(part).padStart(2, '0'))].join('')
  }
  if (field.kind === 'wish') return value.replace(/\D/g, '')
  return value
}
