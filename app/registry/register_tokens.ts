import { REGISTER_FIELDS, type RegisteredPerson } from '#app/registry/registered_person'
import { blindIndex, blindIndexes } from '#app/core/sealing'

/** The token of a voucher number, under the newest key. */
export function registerToken(number: string): string {
  return blindIndex(number, 'register:number')
}

/** The same under all current keys, to look up with. */
export function registerTokens(number: string): string[] {
  return blindIndexes(number, 'register:number')
}

/** Tells whether somebody's values have changed, without opening them. */
export function fingerprint(person: RegisteredPerson): string {
  return blindIndex(printOf(person), 'register:fingerprint')
}

/** The same under all current keys. */
export function fingerprints(person: RegisteredPerson): string[] {
  return blindIndexes(printOf(person), 'register:fingerprint')
}

/** Fields that registers have had from the beginning; a later one counts only where it says something. */
const FIRST_FIELDS = 9

function printOf(person: RegisteredPerson): string {
  const said = REGISTER_FIELDS.filter((key, index) => index < FIRST_FIELDS || person[key] !== '')
  return JSON.stringify(Object.fromEntries(said.map((key) => [key, person[key]])))
}
