import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import type { Field } from '#app/catalog/description'
import { wideNumber } from '#app/core/typed_number'
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
const MAX_OPTIONS = 30
const MAX_YEN = 100_000

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
  /** address of the outside tool; {id} and {number} stand for the piece's */
  link: string | null
  fields: AnswerField[]
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

const text = (max: number) => vine.string().trim().maxLength(max)

export const definitionValidator = vine.create({
  name: text(60).minLength(1),
  instructions: text(4000).minLength(1),
  material: vine.enum(MATERIALS),
  link: text(500).nullable().optional(),
  reaches: vine.boolean().optional(),
  fields: vine
    .array(
      vine.object({
        key: vine
          .string()
          .regex(/^f\d{1,3}$/)
          .nullable()
          .optional(),
        label: text(60).nullable().optional(),
        kind: vine.enum(ANSWER_KINDS).optional(),
        options: text(2000).nullable().optional(),
        required: vine.boolean().optional(),
      })
    )
    .maxLength(MAX_FIELDS + 10),
  unit: vine.enum(UNITS),
  price: wideNumber().withoutDecimals().range([0, MAX_YEN]),
  minutes: wideNumber().range([0.1, 600]),
  skill: text(60).nullable().optional(),
  at_home: vine.boolean().optional(),
  check: wideNumber().withoutDecimals().range([0, 100]),
})

/** Key of a message that says why a definition can't be kept. */
export type DefinitionProblem =
  | 'no_fields'
  | 'too_many_fields'
  | 'options_missing'
  | 'too_many_options'
  | 'label_twice'
  | 'link_missing'
  | 'link_wrong'

/** Makes a definition of what was typed; rows without a label are none. */
export function definitionFrom(
  input: Infer<typeof definitionValidator>,
  pictures: string[]
): { ok: true; definition: WorkDefinition } | { ok: false; problem: DefinitionProblem } {
  const rows = input.fields.filter((row) => row.label)
  const problem = (found: DefinitionProblem) => ({ ok: false, problem: found }) as const
  if (rows.length === 0) return problem('no_fields')
  if (rows.length > MAX_FIELDS) return problem('too_many_fields')
  if (new Set(rows.map(({ label }) => label)).size < rows.length) return problem('label_twice')
  let last = Math.max(0, ...rows.map(({ key }) => Number(key?.slice(1) ?? 0)))
  const fields = rows.map((row): AnswerField => {
    const kind = row.kind ?? 'text'
    return {
      key: row.key ?? `f${++last}`,
      label: row.label!,
      kind,
      required: row.required === true,
      ...(kind === 'choice' ? { options: optionsIn(row.options ?? '') } : {}),
    }
  })
  if (fields.some(({ kind, options }) => kind === 'choice' && (options ?? []).length < 2))
    return problem('options_missing')
  if (fields.some(({ options }) => (options ?? []).length > MAX_OPTIONS))
    return problem('too_many_options')
  const link = input.material === 'link' ? (input.link ?? '') : null
  if (link === '') return problem('link_missing')
  if (link !== null && !isAddress(link)) return problem('link_wrong')
  return {
    ok: true,
    definition: {
      name: input.name,
      instructions: input.instructions,
      pictures,
      material: input.material,
      reaches: input.reaches === true && input.material === 'row',
      link,
      fields,
      unit: input.unit,
      price: input.price,
      minutes: input.minutes,
      skill: input.skill ?? null,
      atHome: input.at_home === true,
      check: input.check,
    },
  }
}

function optionsIn(lines: string): string[] {
  const options = lines
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
  return [...new Set(options)]
}

function isAddress(link: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(link.replaceAll(/\{(id|number)\}/g, '1')).protocol)
  } catch {
    return false
  }
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
