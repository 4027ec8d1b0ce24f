import vine from '@vinejs/vine'
import { printedInRuns } from '#app/replies/products/product'

export const planValidator = vine.create({
  client_id: vine.string().uuid(),
  request_key: vine.string().uuid(),
  product: vine.enum(() => printedInRuns().map((product) => product.name)).optional(),
  /** one for all, or one a line */
  document_numbers: vine.string().maxLength(50_000).nullable().optional(),
  dated_on: vine
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .optional(),
})
export const codeValidator = vine.create({ code: vine.string().trim().minLength(1).maxLength(40) })
export const pullValidator = vine.create({
  sheet_id: vine.string().uuid(),
  reason: vine.enum(['died', 'moved', 'stopped', 'damaged'] as const),
})
export const postingValidator = vine.create({ other_day: vine.boolean().optional() })
export const redatingValidator = vine.create({ dated_on: vine.string().regex(/^\d{4}-\d\d-\d\d$/) })
