import { UNREADABLE } from '#app/catalog/fields/characters'
import { WRITING, type FieldEditing, type FieldKind } from '#app/catalog/fields/field_kind'

/** The value for something that is there. */
export const PRESENT = 'present'

/** Makes a kind of field for what is there or not, and nothing else. */
export function presence(
  own: Pick<FieldKind, 'name' | 'label' | 'paper' | 'suggestions'> & {
    usual?: FieldEditing['usual']
  }
): FieldKind {
  const { usual, ...kind } = own
  return {
    ...kind,
    keying: 'presence',
    reading: { of: 'presence' },
    editing: { ...WRITING, cells: false, usual },
    sample: () => PRESENT,

    normalize(text) {
      const value = text.trim()
      if (value === '' || value === PRESENT || value === UNREADABLE) return { value }
      return value === 'あり' ? { value: PRESENT } : { value, problem: 'option' }
    },
    show: (value, locale) => (value === PRESENT ? (locale === 'ja' ? 'あり' : 'there') : value),
  }
}
