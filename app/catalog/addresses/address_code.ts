import { DASHES } from '#app/catalog/fields/characters'
import { KANJI_NUMERALS, kanjiNumbers } from '#app/core/kanji_numbers'

/** Words after which a number in kanji counts; 三番町, 八丁堀 and 二の宮 are names. */
const BEFORE_COUNTER = new RegExp(
  `[${KANJI_NUMERALS}]+(?=丁目|番地|地割|号|線|丁(?=[\\d${KANJI_NUMERALS}\\s-]|$)|番(?![町丁])|[のノ](?=[\\d${KANJI_NUMERALS}]))`,
  'g'
)
/** Signs that are left out as if they weren't there. */
const LEFT_OUT = /[&/・.]/g

/**
 * The part of an address that the customer barcode bears: its numbers and single letters, parted by hyphens. Everything
 * else is one hyphen; none stands at the ends or beside a letter.
 * @returns `3-30-8-403`; empty where the address has no number
 */
export function addressCode(address: string): string {
  const plain = address
    .normalize('NFKC')
    .toUpperCase()
    .replace(new RegExp(`[${DASHES}]`, 'g'), '-')
    .replace(LEFT_OUT, '')
    .replace(BEFORE_COUNTER, kanjiNumbers)
    // The F of a floor.
    .replace(/(?<=\d)F(?![A-Z])/g, '-')
  const parts = plain.match(/\d+|(?<![A-Z])[A-Z](?![A-Z])|[^\dA-Z]+|[A-Z]+/g) ?? []
  let code = ''
  let isApart = false
  for (const part of parts) {
    const isLetter = /^[A-Z]$/.test(part)
    if (!isLetter && !/^\d+$/.test(part)) {
      isApart = true
      continue
    }
    if (isApart && !isLetter && /\d$/.test(code)) code += '-'
    code += part
    isApart = false
  }
  return code
}
