import vine from '@vinejs/vine'
import { WISHED_SIZES } from '#app/registry/wishes/reply_wish'

/** A wish for how to be answered, as it is typed. */
export const wishValidator = vine.create({
  client_id: vine.string().uuid().optional(),
  type_size: vine
    .number()
    .in([...WISHED_SIZES])
    .nullable()
    .optional(),
  email: vine.string().maxLength(200).nullable().optional(),
  agreed_on: vine.string().regex(/^\d{4}-\d\d-\d\d$/),
})

/** An address as it would be kept. */
export const emailValidator = vine.create({ email: vine.string().email().maxLength(200) })

/** The number that was mailed, in whatever digits it is typed. */
export const codeValidator = vine.create({
  code: vine.string().transform((text) => text.normalize('NFKC').replace(/\s/g, '')),
})
