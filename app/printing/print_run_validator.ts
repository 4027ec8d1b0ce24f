import vine from '@vinejs/vine'

export const planValidator = vine.create({
  client_id: vine.string().uuid(),
  request_key: vine.string().uuid(),
  product: vine.enum(['letter', 'postcard'] as const).optional(),
})
export const codeValidator = vine.create({ code: vine.string().trim().minLength(1).maxLength(40) })
export const pullValidator = vine.create({
  sheet_id: vine.string().uuid(),
  reason: vine.enum(['died', 'moved', 'stopped', 'damaged'] as const),
})
