import { randomInt } from 'node:crypto'

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

/** A word for a resident: a caller from the city says it first. */
export function newWatchword(): string {
  return WORDS[randomInt(WORDS.length)]
}
