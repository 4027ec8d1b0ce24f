import { UNREADABLE } from '#app/catalog/fields/characters'
import type { FieldKind } from '#app/catalog/fields/field_kind'

/** What stands for something that is there. */
export const PRESENT = 'present'

/** A seal, a signature, a picture: there or not. */
export const presence: FieldKind = {
  normalize(text) {
    const value = text.trim()
    if (value === '' || value === PRESENT || value === UNREADABLE) return { value }
    return value === 'あり' ? { value: PRESENT } : { value, problem: 'option' }
  },
  show: (value, locale) => (value === PRESENT ? (locale === 'ja' ? 'あり' : 'there') : value),
}

/** One of the options. */
export const choice: FieldKind = {
  normalize(text, field) {
    if (text === '' || text === UNREADABLE) return { value: text }
    const known = field.options?.some((option) => option.value === text)
    return known ? { value: text } : { value: text, problem: 'option' }
  },
}

/** Any of the options, in the order of the form, commas between. */
export const ticks: FieldKind = {
  normalize(text, field) {
    if (text.includes(UNREADABLE)) return { value: UNREADABLE }
    const chosen = new Set(text.split(',').filter(Boolean))
    const known = (field.options ?? []).map((option) => option.value)
    const unknown = [...chosen].filter((option) => !known.includes(option))
    const value = [...known.filter((option) => chosen.has(option)), ...unknown].join(',')
    return unknown.length === 0 ? { value } : { value, problem: 'option' }
  },
}
