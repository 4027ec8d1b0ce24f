import type { HttpContext } from '@adonisjs/core/http'
import { ANSWER_KINDS, MATERIALS, MAX_FIELDS, UNITS } from '#app/batches/kinds/work_definition'
import type WorkKind from '#app/batches/kinds/work_kind'
import { skillsKnown } from '#app/people/engagements/list_engagements'
import { kindOf } from '#app/catalog/field_values'

/** Rows for further fields below those that are there. */
const EMPTY_ROWS = 4

function isRow(typed: unknown): typed is Record<string, unknown> {
  return typeof typed === 'object' && typed !== null
}

/** Renders the form of a kind of work, with what it is or what was typed. */
export async function showWorkKind(
  { view }: HttpContext,
  kind: WorkKind | null,
  typed: Record<string, unknown> | object,
  problem: string | null = null
): Promise<string> {
  const values = typed as Record<string, unknown>
  const fields = (Array.isArray(values.fields) ? values.fields : []).filter(isRow)
  const empty = Math.min(EMPTY_ROWS, MAX_FIELDS - fields.length)
  return view.render('batches/kind', {
    kind,
    problem,
    values: {
      ...values,
      atHome: values.atHome ?? values.at_home,
      byPhone: values.calls ? true : values.by_phone,
      calls: values.calls ?? { again: values.call_again, never: values.call_never },
    },
    fields: [
      ...fields.map((field) => ({
        ...field,
        options: Array.isArray(field.options) ? field.options.join('\n') : field.options,
      })),
      ...Array.from({ length: Math.max(0, empty) }, () => ({})),
    ],
    kinds: ANSWER_KINDS.map((name) => ({ name, label: kindOf({ kind: name }).label })),
    materials: MATERIALS,
    units: UNITS,
    skills: await skillsKnown(),
  })
}
