import type { Field } from '#app/catalog/description'
import {
  fieldKinds,
  screenKinds,
  type FieldKind,
  type Normalized,
} from '#app/catalog/fields/field_kind'

/** All that is particular to a field's kind. @throws where there is no such kind */
export function kindOf({ kind }: Pick<Field, 'kind'>): FieldKind {
  return screenKinds.has(kind) ? screenKinds.get(kind) : fieldKinds.get(kind)
}

/** Brings a keyed or read text into the compared form of its field, with what is doubtful about it. */
export function normalize(field: Field, typedText: string): Normalized {
  const result = kindOf(field).normalize(typedText, field)
  if (result.value === '' && field.required && !result.problem)
    return { value: '', problem: 'required' }
  return result
}

/** A field that stands alone: what a kind says of a text, without a service around it. */
export function fieldOf(kind: string, more: Partial<Field> = {}): Field {
  return { key: kind, kind, label: { ja: '', en: '' }, required: false, height: 0, ...more }
}

/** The value as a person reads it, on screens and on paper; options by their labels. */
export function show(field: Field, value: string, locale: 'ja' | 'en' = 'ja'): string {
  return kindOf(field).show?.(value, locale, field) ?? value
}

/** Returns a value as it is typed again: the inverse of `normalize`, for filling an input. */
export function typed(field: Field, value: string): string {
  return kindOf(field).typed?.(value) ?? value
}

/** A cell of somebody's table in the form in which its field is kept; a blank is doubtful only to the table. */
export function readCell(field: Field, cell: string): Normalized {
  return normalize({ ...field, required: false }, kindOf(field).cell?.(cell) ?? cell)
}
