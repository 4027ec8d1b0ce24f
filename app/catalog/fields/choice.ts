import { UNREADABLE } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'
import { optionLabels } from '#app/catalog/fields/option_labels'

/** One of the options. */
export const choice: FieldKind = {
  name: 'choice',
  label: 'studio.kind_choice',
  keying: 'one_of',
  paper: 'marks',
  reading: { of: 'marks', several: false },
  editing: { ...WRITING, cells: false, options: 'needed' },
  usualFor: 'mark',
  example: ({ options }) => options?.[0]?.value,
  sample: (random, { field }) => random.pick((field.options ?? []).map((option) => option.value)),
  show: optionLabels,

  normalize(text, field) {
    if (text === '' || text === UNREADABLE) return { value: text }
    const known = field.options?.some((option) => option.value === text)
    return known ? { value: text } : { value: text, problem: 'option' }
  },
}
