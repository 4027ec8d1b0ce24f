import type { Field } from '#app/catalog/description'
import type { Normalized } from '#app/catalog/fields/field_kind'
import { normalize } from '#app/catalog/kinds'

/** What spreadsheets add to a date that was meant as a day. */
const MIDNIGHT = /[ T]0?0:00(?::00(?:\.0+)?)?$/

/** A cell of somebody's table in the form in which its field is kept; a blank is doubtful only to the table. */
export function readCell(field: Field, cell: string): Normalized {
  const isDate = field.kind === 'date' || field.kind === 'era_date'
  return normalize({ ...field, required: false }, isDate ? cell.replace(MIDNIGHT, '') : cell)
}
