import { randomInt } from 'node:crypto'
import { v7 } from 'uuid'

/** A new record's id: UUIDv7, so that rows lie in the order of their making. */
export function newId(): string {
  return v7()
}

/** Characters that can't be taken for one another when they are read aloud or off a bad print. */
const CLEAR_CHARACTERS = 'ACDEFHJKLMNPQRTUVWXY3479'

/** A random code of `length` clear characters. */
export function clearCode(length: number): string {
  return Array.from({ length }, () => CLEAR_CHARACTERS[randomInt(CLEAR_CHARACTERS.length)]).join('')
}
