import vine from '@vinejs/vine'

export const counterValidator = vine.create({
  counter: vine.number().withoutDecimals().range([1, 99]).optional(),
})

export const appointmentValidator = vine.create({
  day: vine.string().regex(/^\d{4}-\d\d-\d\d$/),
  time: vine.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  name: vine.string().trim().minLength(1).maxLength(60),
})
