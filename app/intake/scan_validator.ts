import vine from '@vinejs/vine'

export const uploadValidator = vine.create({
  service_id: vine.string().uuid(),
  upload_key: vine.string().regex(/^[0-9a-f-]{36}(:\d{1,4})?$/),
  arrived_on: vine
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  work_order_id: vine.string().uuid().nullable().optional(),
  one_envelope: vine.boolean().optional(),
  envelope_id: vine.string().uuid().optional(),
})

export const orderValidator = vine.create({ work_order_id: vine.string().uuid() })
