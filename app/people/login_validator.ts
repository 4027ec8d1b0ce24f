import vine from '@vinejs/vine'

export const loginValidator = vine.create({
  login: vine.string().trim().maxLength(100),
  password: vine.string().maxLength(200),
  site: vine.enum(['center', 'home'] as const).optional(),
})

export const localeValidator = vine.create({ locale: vine.enum(['ja', 'en'] as const) })
