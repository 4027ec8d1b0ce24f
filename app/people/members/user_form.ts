import { validate as isUuid } from 'uuid'
import vine from '@vinejs/vine'

/** Names to log in with: what can be typed on any keyboard and read out on the phone. */
export const LOGIN = /^[a-z0-9][a-z0-9._-]{1,59}$/

export const userValidator = vine.create({
  display_name: vine.string().trim().minLength(1).maxLength(80),
  role: vine.string().maxLength(60),
  sites: vine.array(vine.enum(['center', 'home'] as const)).optional(),
  locale: vine.enum(['ja', 'en'] as const),
  email: vine.string().trim().email().maxLength(200).optional(),
  directory_name: vine.string().trim().maxLength(200).optional(),
  seen: vine.string().optional(),
})

export const newUserValidator = vine.create({
  organization_id: vine.string().uuid().optional(),
  login: vine.string().trim().toLowerCase().regex(LOGIN),
  display_name: vine.string().trim().minLength(1).maxLength(80),
  role: vine.string().maxLength(60),
  sites: vine.array(vine.enum(['center', 'home'] as const)).optional(),
  locale: vine.enum(['ja', 'en'] as const),
  email: vine.string().trim().email().maxLength(200).optional(),
  directory_name: vine.string().trim().maxLength(200).optional(),
})

/** Returns an id that was asked for in an address, where it is one. */
export function idIn(text: unknown): string | null {
  return typeof text === 'string' && isUuid(text) ? text : null
}
