import { randomInt } from 'node:crypto'
import { RECEIPT_WORDS } from '#app/submissions/receipt_number'
import type { Queries } from '#app/core/queries'
import { TextSetting } from '#app/core/text_setting'

/** Fewer than these are guessed too soon. */
const FEWEST = 8

/** Flowers and birds that are hard to mishear; none of them is a word of a receipt number. */
const WORDS = [
  'あさがお',
  'ひまわり',
  'すずらん',
  'りんどう',
  'こすもす',
  'もみじ',
  'たんぽぽ',
  'れんげ',
  'つくし',
  'わらび',
  'ひばり',
  'うぐいす',
  'めじろ',
  'かっこう',
  'とんぼ',
  'ききょう',
]

/** The words that residents are given; a city may say its own. */
export const watchwords = new TextSetting({
  name: 'desk.watchwords',
  section: 'desk',
  field: 'lines',
  fallback: WORDS,
  problem(lines) {
    if (!lines.every((word) => /^[ぁ-ゖー]{2,8}$/.test(word))) return 'not_hiragana'
    if (lines.some((word) => RECEIPT_WORDS.includes(word))) return 'receipt_word'
    return new Set(lines).size < FEWEST ? 'too_few_words' : null
  },
})

/** Draws a word for a resident: a caller from the city says it first. */
export async function newWatchword(client: Queries): Promise<string> {
  const words = await watchwords.lines(client)
  return words[randomInt(words.length)]
}
