import vine from '@vinejs/vine'

export const uploadValidator = vine.create({
  service_id: vine.string().uuid(),
  upload_key: vine.string().uuid(),
  arrived_on: vine
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  one_envelope: vine.boolean().optional(),
  envelope_id: vine.string().uuid().optional(),
})
