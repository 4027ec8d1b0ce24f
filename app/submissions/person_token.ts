import type { PersonFields } from '#app/catalog/description'
import { isReadable } from '#app/catalog/kinds'
import { blindIndex, blindIndexes } from '#app/shared/sealing'

export interface AskingPerson {
  submissionId: string
  fields: PersonFields
  value(field: string): string
}

const PURPOSE = 'person'

/** Who a person is, for "one active booking each", under the newest key. */
export function personToken(person: AskingPerson): string {
  return blindIndex(identity(person), PURPOSE)
}

/** The same under all current keys, to look up with. */
export function personTokens(person: AskingPerson): string[] {
  return blindIndexes(identity(person), PURPOSE)
}

/**
 * The voucher number; where it can't stand, kana and birth date; where those can't either, nobody else: two
 * people must never become one.
 */
function identity({ submissionId, fields, value }: AskingPerson): string {
  const stands = (field: string) => isReadable(value(field))
  if (stands(fields.number)) return `number:${value(fields.number)}`
  if (stands(fields.kana) && stands(fields.birthDate)) {
    return `kana:${value(fields.kana)}:${value(fields.birthDate)}`
  }
  return `submission:${submissionId}`
}
