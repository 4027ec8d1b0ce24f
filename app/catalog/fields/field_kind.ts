import type { Field } from '#app/catalog/description'

/** Why a value is doubtful; the key of a message. */
export type Problem =
  | 'required'
  | 'kana'
  | 'date'
  | 'era'
  | 'date_range'
  | 'digits'
  | 'length'
  | 'check_digit'
  | 'phone'
  | 'phone_extension'
  | 'postcode'
  | 'option'
  | 'wish'
  | 'stop'
  | 'riders'
  | 'wish_window'
  | 'account'
  | 'postcode_address'
  | 'money'

export interface Normalized {
  /** the form in which values are compared and kept; empty for a blank; as typed where it is doubtful */
  value: string
  problem?: Problem
}

/**
 * What a kind of field knows of its values. What was typed is checked as a whole: what doesn't fit is asked and kept as
 * it was typed, never cut down to something that fits.
 */
export interface FieldKind {
  /** Brings what was keyed or read into the form in which it is compared. Doing it twice changes nothing. */
  normalize(text: string, field: Field): Normalized
  /** The value as a person reads it, on screens and on paper. */
  show?(value: string, locale: 'ja' | 'en'): string
  /** How a value is typed again: the inverse of `normalize`, for filling an input. */
  typed?(value: string): string
}
