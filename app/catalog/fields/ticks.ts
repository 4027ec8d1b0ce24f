import { UNREADABLE } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'
import { optionLabels } from '#app/catalog/fields/option_labels'

/** Any of the options, in the order of the form, commas between. */
export const ticks: FieldKind = {
  name: 'ticks',
  label: 'studio.kind_ticks',
  keying: 'any_of',
  paper: 'marks',
  reading: { of: 'marks', several: true },
  editing: { ...WRITING, cells: false, options: 'needed' },
  example: ({ options }) => options?.[0]?.value,
  sample: (random, { field }) =>
    (field.options ?? [])
      .map((option) => option.value)
      .filter(() => random.chance(0.7))
      .join(','),
  show: optionLabels,

  normalize(text, field) {
    if (text.includes(UNREADABLE)) return { value: UNREADABLE }
    const chosen = new Set(text.split(',').filter(Boolean))
    const known = (field.options ?? []).map((option) => option.value)
    const unknown = [...chosen].filter((option) => !known.includes(option))
    const value = [...known.filter((option) => chosen.has(option)), ...unknown].join(',')
    return unknown.length === 0 ? { value } : { value, problem: 'option' }
  },
}
