import { randomInt } from 'node:crypto'

/** Characters that nobody takes for each other on paper. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'
const GROUPS = 4
const GROUP_LENGTH = 4

/** Days for which a password for one time is good. */
export const GOOD_FOR_DAYS = 14

/** Makes a password for one time, to be copied from paper: four groups of four characters (79 bits). */
export function oneTimePassword(): string {
  return Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  ).join('-')
}
