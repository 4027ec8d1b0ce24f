import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import {
  ANSWER_KINDS,
  MATERIALS,
  MAX_FIELDS,
  UNITS,
  type AnswerField,
  type WorkDefinition,
} from '#app/batches/kinds/work_definition'
import { wideNumber } from '#app/core/typed_number'

const MAX_OPTIONS = 30
const MAX_YEN = 100_000

const text = (max: number) => vine.string().trim().maxLength(max)

export const definitionValidator = vine.create({
  name: text(60).minLength(1),
  instructions: text(4000).minLength(1),
  material: vine.enum(MATERIALS),
  link: text(500).nullable().optional(),
  reaches: vine.boolean().optional(),
  by_phone: vine.boolean().optional(),
  call_again: text(200).nullable().optional(),
  call_never: text(200).nullable().optional(),
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
  files: vine.boolean().optional(),
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
  | 'calls_wrong'
  | 'calls_checked'
  | 'files_checked'

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
  const isReaching = input.reaches === true && input.material === 'row'
  const calls =
    isReaching && input.by_phone
      ? { again: input.call_again || null, never: input.call_never || null }
      : null
  if (calls && !areAnswers(calls, fields)) return problem('calls_wrong')
  // Nobody is called twice to see whether the first one heard right.
  if (calls && input.check > 0) return problem('calls_checked')
  // Two files are never the same: who leads looks at them, and has them made again.
  if (input.files && input.check > 0) return problem('files_checked')
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
      reaches: isReaching,
      calls,
      link,
      fields,
      files: input.files === true,
      unit: input.unit,
      price: input.price,
      minutes: input.minutes,
      skill: input.skill ?? null,
      atHome: input.at_home === true,
      check: input.check,
    },
  }
}

/** Whether what answers mean for further calls are options of one field, which no other has, and not the same one. */
function areAnswers(
  { again, never }: { again: string | null; never: string | null },
  fields: AnswerField[]
): boolean {
  const meant = [again, never].flatMap((one) => one ?? [])
  const having = (one: string) => fields.filter(({ options = [] }) => options.includes(one))
  const [field, ...others] = new Set(meant.flatMap(having))
  const areOfOne = meant.length === 0 || (field !== undefined && others.length === 0)
  return (
    areOfOne && meant.every((one) => having(one).length > 0) && (again !== never || again === null)
  )
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
