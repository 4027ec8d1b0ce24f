import { narrow, toKatakana, UNREADABLE } from '#app/catalog/fields/characters'
import type { FieldKind } from '#app/catalog/fields/field_kind'

const KANJI_DIGITS = '〇一二三四五六七八九'
const SMALL_KANA = 'ァィゥェォッャュョヮ'
const LARGE_KANA = 'アイウエオツヤユヨワ'

/** A branch's name without 支店. ゆうちょ銀行 names its branches by kanji digits: 〇一八店. */
export const branch: FieldKind = {
  normalize(text) {
    const plain = narrow(text)
    if (/\d \d/.test(plain)) return { value: plain, problem: 'account' }
    const value = plain
      .replaceAll(' ', '')
      .replace(/(?<=.)(支店|(?<=[0-9〇○◯一二三四五六七八九])店)$/, '')
    const digits = value
      .replace(/[○◯]/g, '〇')
      .replace(/\d/g, (digit) => KANJI_DIGITS[Number(digit)])
    return { value: /^[〇一二三四五六七八九]{3}$/.test(digits) ? digits : value }
  },
}

/** Digits, filled up with zeros from the left as banks do. */
function account(most: number, least: number, fits: (value: string) => boolean): FieldKind {
  return {
    normalize(text) {
      const typed = narrow(text)
      if (typed === '' || /^[\d●]*●[\d●]*$/.test(typed)) return { value: typed }
      const value = typed.padStart(least, '0')
      return /^\d+$/.test(typed) && typed.length <= most && fits(value)
        ? { value }
        : { value: typed, ...(typed.includes(UNREADABLE) ? {} : { problem: 'account' as const }) }
    },
  }
}

export const accountNumber = account(7, 7, () => true)
/** 記号 of an ordinary account is 1xxx0, of a transfer account 0xxxx. */
export const yuchoSymbol = account(5, 0, (value) => /^(1\d{3}0|0\d{4})$/.test(value))
/** 番号 has up to eight digits. */
export const yuchoNumber = account(8, 8, () => true)

/** What banks exchange: kana without small ones, capitals, digits and few signs (全銀協). */
export const accountHolder: FieldKind = {
  normalize(text) {
    const value = toKatakana(narrow(text))
      .replace(new RegExp(`[${SMALL_KANA}]`, 'g'), (small) => LARGE_KANA[SMALL_KANA.indexOf(small)])
      .replaceAll('－', '-')
      .toUpperCase()
    return /^[\u30A1-\u30FA\u30FC ●A-Z0-9().\-/]*$/.test(value)
      ? { value }
      : { value: narrow(text), problem: 'kana' }
  },
}
