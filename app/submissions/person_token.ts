import type { PersonFields } from '#app/catalog/description'
import { isReadable } from '#app/catalog/fields/characters'
import { blindIndex, blindIndexes } from '#app/core/sealing'

export interface AskingPerson {
  submissionId: string
  fields: PersonFields
  value(field: string | undefined): string
  /** somebody claims to be, or to speak for, a person whom they can't be told to be: never one with anybody */
  apart?: boolean
}

interface Asked {
  submission: { id: string }
  version: { description: { person: PersonFields } }
  value(field: string | undefined): string
  apart?: boolean
}

const PURPOSE = 'person'

/** The person of a submission. */
export function askingPerson({ submission, version, value, apart }: Asked): AskingPerson {
  return { submissionId: submission.id, fields: version.description.person, value, apart }
}

/** Returns a person's token, for "one active booking each", under the newest key. */
export function personToken(person: AskingPerson): string {
  return blindIndex(identity(person), PURPOSE)
}

/** The same under all current keys, to look up with. */
export function personTokens(person: AskingPerson): string[] {
  return blindIndexes(identity(person), PURPOSE)
}

/**
 * The voucher number; where it can't stand, kana and birth date; for services that ask for neither, kana and
 * phone; where those can't stand either, nobody else: two people must never become one.
 */
function identity({ submissionId, fields, value, apart }: AskingPerson): string {
  if (apart) return `submission:${submissionId}`
  const stands = (...names: (string | undefined)[]) =>
    names.every((name) => isReadable(value(name)))
  const { number, kana, birthDate, phone } = fields
  if (number && stands(number)) return `number:${value(number)}`
  if (birthDate && stands(kana, birthDate)) return `kana:${value(kana)}:${value(birthDate)}`
  if (!number && !birthDate && stands(kana, phone)) return `phone:${value(kana)}:${value(phone)}`
  return `submission:${submissionId}`
}
