import { kanjiNumbers } from '#app/core/kanji_numbers'
import { kindOf } from '#app/catalog/field_values'
import type { Field } from '#app/catalog/description'

/** Characters that engines take for digits' look-alikes, where only digits can stand. */
const DIGITS: Record<string, string> = {
  'O': '0',
  'o': '0',
  'Q': '0',
  'D': '0',
  '〇': '0',
  '○': '0',
  '◯': '0',
  'о': '0',
  'l': '1',
  'I': '1',
  '|': '1',
  '｜': '1',
  'i': '1',
  '!': '1',
  'ｌ': '1',
  'Ｉ': '1',
  'Z': '2',
  'z': '2',
  '乙': '2',
  '了': '3',
  'ヨ': '3',
  'S': '5',
  's': '5',
  'b': '6',
  'G': '6',
  '？': '7',
  '?': '7',
  'B': '8',
  'q': '9',
  'g': '9',
}
/** Signs and kanji that look like kana, where only kana can stand. */
const KANA: Record<string, string> = {
  '一': 'ー',
  '―': 'ー',
  '‐': 'ー',
  '-': 'ー',
  '−': 'ー',
  '|': 'ー',
  '_': 'ー',
  '口': 'ロ',
  '力': 'カ',
  '夕': 'タ',
  '二': 'ニ',
  '八': 'ハ',
  '工': 'エ',
  '卜': 'ト',
  '千': 'チ',
  '三': 'ミ',
  '才': 'オ',
  '木': 'ホ',
  '七': 'セ',
  '又': 'ヌ',
  '乃': 'ノ',
  'ソ゛': 'ゾ',
}

/**
 * Replaces what only looks like the characters that a kind can hold: 0 for O and 〇, ー for 一. What could be either
 * even so (シ and ツ) is left to the checks and the keyers.
 */
export function mendReading(field: Field, raw: string): string {
  const text = raw.normalize('NFKC')
  const { reading } = kindOf(field)
  if (reading.of === 'digits')
    return [...kanjiNumbers(text)].map((one) => DIGITS[one] ?? one).join('')
  if (reading.of === 'date') return kanjiNumbers(text)
  if (reading.of === 'kana') return asKana(text)
  return reading.of === 'writing' && reading.asWritten ? raw : text
}

function asKana(text: string): string {
  return [...text]
    .map((one, index, all) => {
      const kana = KANA[one]
      // A bar can't begin a word.
      if (kana === 'ー' && (index === 0 || all[index - 1] === ' ')) return one
      return kana ?? one
    })
    .join('')
}
