import type { Field, FieldKindName } from '#app/catalog/description'
import {
  accountHolder,
  accountNumber,
  branch,
  yuchoNumber,
  yuchoSymbol,
} from '#app/catalog/fields/bank'
import { date, eraDateKind } from '#app/catalog/fields/dates'
import type { FieldKind, Normalized } from '#app/catalog/fields/field_kind'
import { choice, presence, ticks } from '#app/catalog/fields/marks'
import { digits, money, postcode } from '#app/catalog/fields/numbers'
import { phone } from '#app/catalog/fields/phone'
import { wish } from '#app/catalog/fields/wish'
import { address, kana, name, text } from '#app/catalog/fields/writing'

const KINDS: Record<FieldKindName, FieldKind> = {
  kana,
  name,
  text,
  address,
  era_date: eraDateKind,
  date,
  digits,
  postcode,
  money,
  phone,
  wish,
  choice,
  ticks,
  seal: presence,
  signature: presence,
  picture: presence,
  branch,
  account_number: accountNumber,
  account_holder: accountHolder,
  yucho_symbol: yuchoSymbol,
  yucho_number: yuchoNumber,
}

/** Brings a keyed or read text into the compared form of its field, with what is doubtful about it. */
export function normalize(field: Field, typedText: string): Normalized {
  const result = KINDS[field.kind].normalize(typedText, field)
  if (result.value === '' && field.required && !result.problem)
    return { value: '', problem: 'required' }
  return result
}

/** A field that stands alone: what a kind says of a text, without a service around it. */
export function fieldOf(kind: FieldKindName, more: Partial<Field> = {}): Field {
  return { key: kind, kind, label: { ja: '', en: '' }, required: false, height: 0, ...more }
}

/** The value as a person reads it, on screens and on paper; options by their labels. */
export function show(field: Field, value: string, locale: 'ja' | 'en' = 'ja'): string {
  if (field.options && (field.kind === 'choice' || field.kind === 'ticks')) {
    return value
      .split(',')
      .map(
        (chosen) =>
          field.options?.find((option) => option.value === chosen)?.label[locale] ?? chosen
      )
      .join('・')
  }
  return KINDS[field.kind].show?.(value, locale) ?? value
}

/** How a value is typed again: the inverse of `normalize`, for filling an input. */
export function typed(field: Field, value: string): string {
  return KINDS[field.kind].typed?.(value) ?? value
}
