import vine from '@vinejs/vine'
import { TASK_KINDS } from '#app/work/task'

/** One line each, or the list of what is ticked. A blank arrives as null. */
const texts = () =>
  vine.record(
    vine
      .unionOfTypes([vine.string().maxLength(500), vine.array(vine.string().nullable())])
      .nullable()
  )

export const takeValidator = vine.create({
  kind: vine.enum(TASK_KINDS).optional(),
  task_id: vine.string().uuid().optional(),
})

/** Keyed texts by field; ticks come as lists. */
export const entryValidator = vine.create({
  values: texts().optional(),
  sure: vine.boolean().optional(),
  asked: texts().optional(),
})

/** What is kept of a screen while somebody works on it. */
export const draftValidator = vine.create({
  values: texts().optional(),
  chosen: vine.record(vine.string()).optional(),
  typed: texts().optional(),
})

export const adjudicationValidator = vine.create({
  chosen: vine.record(vine.string()).optional(),
  typed: texts().optional(),
  sure: vine.boolean().optional(),
  asked: texts().optional(),
})

export const identificationValidator = vine.create({
  what: vine
    .string()
    .regex(/^(form:[0-9a-f-]{36}:\d{1,2}|aside:(blank|attachment|not_ours|duplicate|unreadable))$/),
})

export const pairingValidator = vine.create({
  mate: vine
    .string()
    .regex(/^(alone|[0-9a-f-]{36}|aside:(blank|attachment|not_ours|duplicate|unreadable))$/),
})

export const callValidator = vine.create({
  outcome: vine.enum(['booked', 'not_reached', 'declined'] as const),
  slot_id: vine.string().uuid().optional().requiredWhen('outcome', '=', 'booked'),
})

export const substitutionValidator = vine.create({
  no_letter: vine.boolean().optional(),
  postcode: vine.string().trim().maxLength(20).nullable(),
  address: vine.string().trim().maxLength(200).nullable(),
  name: vine.string().trim().maxLength(100).nullable(),
})

/** Lists of ticks become one text. */
export function asTexts(
  values: Record<string, string | (string | null)[] | null> | undefined
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.filter(Boolean).join(',') : (value ?? ''),
    ])
  )
}
