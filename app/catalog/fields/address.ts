import { DASHES, narrow, OTHER_DASHES } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'

/** Also ①, Ⅱ and the like: they are numbers, and part what stands beside them. */
const NUMBER = '[\\p{N}A-Za-z●]'

/**
 * An address as written. Spaces stay where they part two numbers (951-5 201) and Latin words; all dashes beside numbers
 * are one hyphen, but the long vowel of a word stays what it is (ザ・タワー3号棟).
 */
export const address: FieldKind = {
  name: 'address',
  label: 'studio.kind_address',
  keying: 'line',
  paper: 'line',
  reading: { of: 'writing', oneLine: false, asWritten: true },
  editing: { ...WRITING, usual: { width: 166 } },
  tells: 'address',
  suggestions: [{ words: /住所|所在地|居所/, key: 'address', linkable: true, rank: 60 }],
  example: () => '青嶺市本町1丁目1番1号',
  sample: () => '',

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
