import { narrow } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'

/** Any writing. */
export const text: FieldKind = {
  name: 'text',
  label: 'studio.kind_text',
  keying: 'line',
  paper: 'line',
  reading: { of: 'writing', oneLine: false, asWritten: true },
  editing: { ...WRITING, usual: { width: 150 } },
  usualFor: 'box',
  sample: (random) => random.pick(['青嶺銀行', '片瀬信用金庫', '上久保農協']),

  normalize: (typed) => ({ value: narrow(typed) }),
}
