import { narrow } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'

/** A name as written. Not NFKC: it would replace the very forms of characters that names are kept for. */
export const name: FieldKind = {
  name: 'name',
  label: 'studio.kind_name',
  keying: 'line',
  paper: 'line',
  reading: { of: 'writing', oneLine: true, asWritten: true },
  editing: { ...WRITING, usual: { width: 150 } },
  suggestions: [{ words: /氏名|名前|本人名/, key: 'name', linkable: true, rank: 120 }],
  example: () => '青嶺 花子',
  sample: (_random, { resident }) => resident.name,

  normalize: (text) => ({ value: narrow(text) }),
}
