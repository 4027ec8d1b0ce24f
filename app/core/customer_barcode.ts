/**
 * The customer barcode カスタマバーコード by which Japan Post sorts: 67 bars of postcode and address code
 * (郵便番号・バーコードマニュアル, pages 11 to 23).
 */

/** Three bars a character: full height (F), the upper two thirds (A), the lower ones (D), the middle third (T). */
const CHARACTERS: Record<string, string> = {
  '0': 'FTT',
  '1': 'FFT',
  '2': 'FDA',
  '3': 'DFA',
  '4': 'FAD',
  '5': 'FTF',
  '6': 'DAF',
  '7': 'AFD',
  '8': 'ADF',
  '9': 'TFF',
  '-': 'TFT',
}
const CONTROL_CODES = ['DAT', 'DTA', 'ADT', 'TDA', 'ATD', 'TAD', 'TTF', 'FFF']
const START = 'FD'
const STOP = 'DF'

/** Characters of the address code; what is missing is filled up, what is too much is cut. */
const ADDRESS_LENGTH = 13
/** Control code by which it is filled up. */
const FILLER = 4
const MODULUS = 19

/**
 * Draws a barcode.
 * @param postcode seven digits
 * @param addressCode digits, hyphens and single capital letters (`addressCode`)
 * @returns 67 bars, each F, A, D or T; null where the rules ask for none: a postcode of a whole city, or none at all
 */
export function customerBarcode(postcode: string, addressCode: string): string | null {
  if (!/^\d{7}$/.test(postcode) || postcode.endsWith('00')) return null
  const address = [...addressCode].flatMap(valuesOf)
  const values = [
    ...[...postcode].map(Number),
    ...Array.from({ length: ADDRESS_LENGTH }, (_, index) => address[index] ?? controlCode(FILLER)),
  ]
  const sum = values.reduce((total, value) => total + value, 0)
  const check = (MODULUS - (sum % MODULUS)) % MODULUS
  return [START, ...values.map(barsOf), barsOf(check), STOP].join('')
}

const HYPHEN = 10

/** The value of a control code, from 1 to 8, in the check sum. */
function controlCode(number: number): number {
  return HYPHEN + number
}

/** A digit or hyphen is one value; a letter is a control code and a digit. */
function valuesOf(character: string): number[] {
  if (/\d/.test(character)) return [Number(character)]
  if (character === '-') return [HYPHEN]
  const letter = character.charCodeAt(0) - 'A'.charCodeAt(0)
  if (letter < 0 || letter > 25) throw new Error('An address code has digits, hyphens and letters')
  return [controlCode(1 + Math.floor(letter / 10)), letter % 10]
}

function barsOf(value: number): string {
  if (value > HYPHEN) return CONTROL_CODES[value - HYPHEN - 1]
  return CHARACTERS[value === HYPHEN ? '-' : String(value)]
}
