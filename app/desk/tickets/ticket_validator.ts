import vine from '@vinejs/vine'
import { TIME_OF_DAY } from '#app/core/time_of_day'

export const counterValidator = vine.create({
  counter: vine.number().withoutDecimals().range([1, 99]).optional(),
})

export const appointmentValidator = vine.create({
  day: vine.string().regex(/^\d{4}-\d\d-\d\d$/),
  time: vine.string().regex(TIME_OF_DAY),
  name: vine.string().trim().minLength(1).maxLength(60),
})
