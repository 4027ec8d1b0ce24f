import vine from '@vinejs/vine'
import { STOP_KINDS } from '#app/registry/stop_kinds'

const day = () =>
  vine
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .nullable()
    .optional()

export const stopValidator = vine.create({
  client_id: vine.string().uuid().optional(),
  kind: vine.enum(STOP_KINDS),
  until: day(),
  may_call: vine.boolean().optional(),
})
export const renewalValidator = vine.create({ until: day() })
export const answerValidator = vine.create({ answer: vine.enum(['yes', 'no'] as const) })
export const namedValidator = vine.create({ user_id: vine.string().uuid(), named: vine.boolean() })
export const relativeValidator = vine.create({
  client_id: vine.string().uuid().optional(),
  relative_name: vine.string().trim().minLength(1).maxLength(60),
  relation: vine.string().trim().maxLength(30).nullable().optional(),
  relative_phone: vine.string().trim().maxLength(30).nullable().optional(),
  relative_postcode: vine.string().trim().maxLength(20).nullable().optional(),
  relative_address: vine.string().trim().maxLength(200).nullable().optional(),
  may_hear: vine.boolean().optional(),
  may_change: vine.boolean().optional(),
  gets_copies: vine.boolean().optional(),
  consent_on: vine.string().regex(/^\d{4}-\d\d-\d\d$/),
})
