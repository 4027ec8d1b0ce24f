import { narrow, OTHER_DASHES, toKatakana } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'

/** Katakana with its marks of repetition, middle dot and long vowel, and Latin letters as foreign names have them. */
const KANA = /^[\u30A1-\u30FA\u30FB-\u30FE\u31F0-\u31FF－ ●\p{Script=Latin}'’.,-]*$/u
const KANA_LETTER = '[\\u30A1-\\u30FA\\u30FC-\\u30FE\\u31F0-\\u31FF]'

/** A name in kana. A dash beside kana is － (it may be meant as ー, or as a hyphen: both are names). */
export const kana: FieldKind = {
  name: 'kana',
  label: 'studio.kind_kana',
  keying: 'line',
  paper: 'line',
  reading: { of: 'kana', oneLine: true },
  editing: { ...WRITING, usual: { width: 150 } },
  suggestions: [{ words: /ふりがな|フリガナ|カナ/, key: 'name_kana', linkable: true, rank: 10 }],
  example: () => 'アオミネ ハナコ',
  sample: (_random, { resident }) => resident.kana,

  normalize(text) {
    const value = toKatakana(narrow(text))
      .replace(new RegExp(`(?<=${KANA_LETTER})[${OTHER_DASHES}-]`, 'gu'), '－')
      .replace(new RegExp(`[${OTHER_DASHES}](?=\\p{Script=Latin})`, 'gu'), '-')
    return KANA.test(value) ? { value } : { value: narrow(text), problem: 'kana' }
  },
}
