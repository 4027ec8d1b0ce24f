import vine from '@vinejs/vine'
import type { Sought } from '#app/center/residents/find_resident'
import Service from '#app/catalog/service'
import { visibleTo } from '#app/people/client_scope'
import { clientsOf } from '#app/people/organizations/clients_of'
import type User from '#app/people/user'
import { checkPerson } from '#app/registry/check_person'
import { NOBODY } from '#app/registry/registered_person'

const text = () => vine.string().trim().maxLength(100).nullable().optional()
const soughtValidator = vine.create({
  client_id: vine.string().uuid().nullable().optional(),
  service_id: vine.string().uuid().nullable().optional(),
  number: text(),
  kana: text(),
  birth_date: text(),
  phone: text(),
})

/** The fields by which somebody is said, as forms name them. */
const FIELDS = ['client_id', 'service_id', 'number', 'kana', 'birth_date', 'phone'] as const

/** Lists what was typed, to be sent along once more. */
export function soughtForm(typed: Record<string, unknown>): [string, string][] {
  return FIELDS.flatMap((key): [string, string][] => {
    const value = typed[key]
    return typeof value === 'string' && value ? [[key, value]] : []
  })
}

/**
 * Reads of whom everything is looked for: a number with its service, kana with the birth date, or a phone.
 * @returns else the key of what is wrong
 */
export async function readSought(
  user: User,
  typed: Record<string, unknown>
): Promise<{ sought: Sought; problem?: undefined } | { sought: null; problem: string }> {
  const refused = (problem: string) => ({ sought: null, problem: `residents.${problem}` })
  const [problems, input] = await soughtValidator.tryValidate(typed)
  if (problems) return refused('sought_incomplete')
  const clients = await clientsOf(user)
  const client =
    clients.length === 1 ? clients[0] : clients.find(({ id }) => id === input.client_id)
  if (!client) return refused('sought_client')
  const service = input.service_id
    ? await visibleTo(Service.query(), user)
        .where({ id: input.service_id, clientId: client.id })
        .first()
    : null
  const { values, problems: wrong } = checkPerson({
    number: input.number ?? '',
    kana: input.kana ?? '',
    birthDate: input.birth_date ?? '',
    phone: input.phone ?? '',
  })
  if (Object.keys(wrong).length > 0) return refused(`sought_${Object.keys(wrong)[0]}`)
  const { number = '', kana = '', birthDate = '', phone = '' } = values
  // A number counts within its service: others number other people alike.
  if (number && !service) return refused('sought_service')
  if (!number && !(kana && birthDate) && !phone) return refused('sought_incomplete')
  return {
    sought: {
      clientId: client.id,
      submission: null,
      facts: { ...NOBODY, number, kana, birthDate, phone, serviceId: service?.id ?? NO_SERVICE },
    },
  }
}

const NO_SERVICE = '00000000-0000-0000-0000-000000000000'
