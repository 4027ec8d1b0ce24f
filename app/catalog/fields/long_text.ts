import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'

/** Characters of one such text: three hours of speech, and twice that. */
export const MAX_LONG_TEXT = 100_000

/** Writing of many lines, which stand as they were typed. On screens alone: no form has a place for it. */
export const longText: FieldKind = {
  name: 'long_text',
  label: 'studio.kind_long_text',
  keying: 'lines',
  paper: 'line',
  reading: { of: 'writing', oneLine: false, asWritten: true },
  editing: { ...WRITING, cells: false },
  sample: (random) => random.pick(['はい、青嶺市役所です。', 'ご用件をうかがいます。']),

  normalize: (typed) => ({ value: typed.replaceAll('\r\n', '\n').trim() }),
}
