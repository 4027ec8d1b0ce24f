import { DASHES, narrow, toKatakana } from '#app/catalog/fields/characters'
import type { FieldKind } from '#app/catalog/fields/field_kind'

/** Katakana with its marks of repetition, middle dot and long vowel, and Latin letters as foreign names have them. */
const KANA = /^[\u30A1-\u30FA\u30FB-\u30FE\u31F0-\u31FF－ ●\p{Script=Latin}'’.,-]*$/u
const KANA_LETTER = '[\\u30A1-\\u30FA\\u30FC-\\u30FE\\u31F0-\\u31FF]'
const OTHER_DASHES = DASHES.replace('ー', '')

/** A name in kana. A dash beside kana is － (it may be meant as ー, or as a hyphen: both are names). */
export const kana: FieldKind = {
  normalize(text) {
    const value = toKatakana(narrow(text))
      .replace(new RegExp(`(?<=${KANA_LETTER})[${OTHER_DASHES}-]`, 'gu'), '－')
      .replace(new RegExp(`[${OTHER_DASHES}](?=\\p{Script=Latin})`, 'gu'), '-')
    return KANA.test(value) ? { value } : { value: narrow(text), problem: 'kana' }
  },
}

/** A name as written. Not NFKC: it would replace the very forms of characters that names are kept for. */
export const name: FieldKind = { normalize: (text) => ({ value: narrow(text) }) }

export const text: FieldKind = { normalize: (text_) => ({ value: narrow(text_) }) }

/** Also ①, Ⅱ and the like: they are numbers, and part what stands beside them. */
const NUMBER = '[\\p{N}A-Za-z●]'

/**
 * An address as written. Spaces stay where they part two numbers (951-5 201) and Latin words; all dashes beside numbers
 * are one hyphen, but the long vowel of a word stays what it is (ザ・タワー3号棟).
 */
export const address: FieldKind = {
  normalize: (text_) => ({
    value: narrow(text_)
      .replace(new RegExp(`(?<!${NUMBER}) | (?!${NUMBER})`, 'gu'), '')
      .replace(new RegExp(`[${OTHER_DASHES}](?=[0-9●])|(?<=[0-9●])[${OTHER_DASHES}]`, 'g'), '-')
      .replace(
        /(?<![\u3041-\u3096\u30A1-\u30FA\u30FC-\u30FE])ー+(?=[0-9●])|(?<=[0-9●])ー+/g,
        (run) => '-'.repeat(run.length)
      )
      .replace(new RegExp(`(?<=[A-Za-z])[${DASHES}](?=[0-9A-Za-z])`, 'g'), '-'),
  }),
}
