import vine from '@vinejs/vine'

export const searchValidator = vine.create({ q: vine.string().trim().minLength(1).maxLength(100) })

const states = [
  'collecting',
  'reading',
  'keying',
  'adjudicating',
  'verified',
  'handing_over',
  'replying',
  'closed',
  'held',
  'canceled',
  'erased',
] as const

export const listValidator = vine.create({
  state: vine.enum(states).optional(),
  day: vine
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .optional(),
  channel: vine.enum(['paper', 'counter', 'phone'] as const).optional(),
  service: vine.string().uuid().optional(),
})
