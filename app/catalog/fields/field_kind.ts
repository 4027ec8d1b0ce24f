import type { Field, Option } from '#app/catalog/description'
import type { Random } from '#app/core/random'
import { Registry } from '#app/core/registry'

/** A reason to doubt a value; the key of a message. */
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

/** The way a value is keyed: typed into a line, marked among options, told to be there; or a view of an extension. */
export type KeyingMode =
  'line' | 'lines' | 'digits' | 'one_of' | 'any_of' | 'presence' | `${string}::${string}`

/**
 * The place to be filled in on the paper: a `line` (a comb where it has cells), combs with words between them
 * (`era_date` with eras to tick, `date`, `wish`, `postcode`, `amount`), `marks` for options, a `ring` for a seal.
 */
export type PaperMode =
  'line' | 'era_date' | 'date' | 'wish' | 'postcode' | 'amount' | 'marks' | 'ring'

/** The way to read what stands on the paper. */
export type ReadingMode =
  | { of: 'marks'; several: boolean }
  | { of: 'presence' }
  /** `loose`: also in a box without cells, one by one */
  | { of: 'digits'; loose: boolean }
  | { of: 'date' }
  | { of: 'era_date' }
  | { of: 'kana'; oneLine: boolean }
  /** `asWritten`: no character is replaced by its like, and its lines tell which way up they stand */
  | { of: 'writing'; oneLine: boolean; asWritten: boolean }

/** A value as it stands on the paper: digits for combs, the plain text for boxes, the era that is marked. */
export interface OnPaper {
  text: string
  option?: string
}

/** A kind's inputs in the editor of fields, and what a field has as long as nobody says otherwise (mm, cells, eras). */
export interface FieldEditing {
  cells: boolean
  lines: boolean
  /** `usual`: those of `usual`, where none are given */
  options: 'none' | 'needed' | 'usual'
  check: boolean
  /** needs a width or a number of cells to be given */
  size: boolean
  usual?: { width?: number; cells?: number; options?: Option[] }
}

/** Words beside a place on a blank form that suggest a kind of field. */
export interface Suggestion {
  words: RegExp
  /** what such a field is called */
  key: string
  /** whether it tells who somebody is */
  linkable?: boolean
  /** the smaller, the earlier it is tried */
  rank: number
}

/** For whom, and when, a sample value is made up. */
export interface Sampled {
  field: Field
  resident: { name: string; kana: string }
  /** YYYY-MM-DD */
  today: string
}

/**
 * A kind of field: everything that is particular to it. What was typed is checked as a whole: what doesn't fit is asked
 * and kept as it was typed, never cut down to something that fits.
 */
export interface FieldKind {
  /** frozen in services' versions */
  name: string
  /** key of its words */
  label: string
  /** Brings what was keyed or read into the form in which it is compared. Doing it twice changes nothing. */
  normalize(text: string, field: Field): Normalized
  /** The value as a person reads it, on screens and on paper. */
  show?(value: string, locale: 'ja' | 'en', field: Field): string
  /** Returns a value as it is typed again: the inverse of `normalize`, for filling an input. */
  typed?(value: string): string
  /** A cell of somebody's table, without what spreadsheets add. */
  cell?(text: string): string
  /** Returns a value as it stands on the paper, where that isn't its text. */
  onPaper?(value: string): OnPaper
  /** numbers of any length end in the last cell */
  fromTheRight?: boolean
  /** what it tells, where fields of one form are checked against each other */
  tells?: 'postcode' | 'address'
  keying: KeyingMode
  /** key of what whoever asks for it at the desk is told */
  askHint?: string
  paper: PaperMode
  reading: ReadingMode
  editing: FieldEditing
  suggestions?: Suggestion[]
  /** where no words suggest anything: what such a place is for */
  usualFor?: 'box' | 'comb' | 'mark' | 'era'
  /** Returns what an example of a filled-in form shows; nobody is called so. None where it stays empty. */
  example?(field: Field): string | undefined
  /** A value as somebody might write it, in the compared form. */
  sample(random: Random, sampled: Sampled): string
}

/** The kinds of fields, in the order in which they are offered. */
export const fieldKinds = new Registry<FieldKind>('kind of field')

/** Kinds of fields that stand on screens alone, never on a form. */
export const screenKinds = new Registry<FieldKind>('kind of field on screens')

/** The editing of most kinds that are written. */
export const WRITING: FieldEditing = {
  cells: true,
  lines: true,
  options: 'none',
  check: false,
  size: false,
}

/** A number of digits, made up. */
export function sampleDigits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.whole(0, 9)).join('')
}
