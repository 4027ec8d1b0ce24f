import type { Field } from '#app/catalog/description'
import { fieldOf } from '#app/catalog/field_values'

/** The things that a piece of work can be about: a row of a table, a file that came in, an outside tool. */
export const MATERIALS = ['row', 'file', 'link'] as const
/** The units that are paid. */
export const UNITS = ['piece', 'minute'] as const
/** The kinds of fields that an answer may have, in the order in which they are offered. */
export const ANSWER_KINDS = [
  'text',
  'long_text',
  'name',
  'kana',
  'postcode',
  'address',
  'phone',
  'date',
  'digits',
  'money',
  'choice',
] as const

export const MAX_FIELDS = 40

/** A field of an answer, as a leader writes it. */
export interface AnswerField {
  key: string
  label: string
  kind: (typeof ANSWER_KINDS)[number]
  options?: string[]
  required?: boolean
}

/** Work that a leader defines without code. Frozen with each batch. */
export interface WorkDefinition {
  name: string
  /** paragraphs */
  instructions: string
  /** ids of pictures beside them */
  pictures: string[]
  material: (typeof MATERIALS)[number]
  /** the people in a table are written to or called: who may not be is left out */
  reaches: boolean
  /** they are called: what of the answers' options means that they are called again, or never again */
  calls?: { again: string | null; never: string | null } | null
  /** address of the outside tool; {id} and {number} stand for the piece's */
  link: string | null
  fields: AnswerField[]
  /** an answer has files as well, which are delivered beside the table */
  files?: boolean
  unit: (typeof UNITS)[number]
  /** yen for one unit */
  price: number
  /** what one piece takes, until it has been measured */
  minutes: number
  skill: string | null
  atHome: boolean
  /** per cent of the pieces that a second person answers too, without seeing the first */
  check: number
}

/** The fields of an answer as the catalog knows them. */
export function fieldsOf({ fields }: Pick<WorkDefinition, 'fields'>): Field[] {
  return fields.map(({ key, label, kind, options, required }) =>
    fieldOf(kind, {
      key,
      label: both(label),
      required: required === true,
      ...(options ? { options: options.map((one) => ({ value: one, label: both(one) })) } : {}),
    })
  )
}

/** Leaders write in one language. */
const both = (words: string) => ({ ja: words, en: words })

/** The address of the outside tool for one piece. */
export function linkOf({ link }: WorkDefinition, piece: { id: string; number: number }): string {
  return (link ?? '')
    .replaceAll('{id}', encodeURIComponent(piece.id))
    .replaceAll('{number}', String(piece.number))
}
