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

export const listValidator = vine.create({ state: vine.enum(states).optional() })

export const exportValidator = vine.create({
  encoding: vine.enum(['cp932', 'utf8'] as const).optional(),
})
