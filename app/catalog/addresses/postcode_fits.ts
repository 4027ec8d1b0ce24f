import { kindOf } from '#app/catalog/field_values'
import db from '@adonisjs/lucid/services/db'
import type { Field } from '#app/catalog/description'
import { isReadable } from '#app/catalog/fields/characters'

interface Place {
  prefecture: string
  city: string
  town: string
}

/**
 * Whether an address lies where its postcode says. Null where the postcode isn't known here: then nothing can be said.
 * @param postcode seven digits
 */
export async function postcodeFits(postcode: string, address: string): Promise<boolean | null> {
  const places: Place[] = await db
    .from('postcodes')
    .where('postcode', postcode)
    .select('prefecture', 'city', 'town')
  if (places.length === 0) return null
  const plain = bare(address)
  return places.some(({ city, town }) =>
    // People leave out prefecture and city, or write the town without its 大字.
    // Nor does everybody write the district (郡) of a town.
    town === ''
      ? plain.includes(bare(city).replace(/^.+?郡(?=.)/, ''))
      : town.split('、').some((one) => liesIn(plain, one))
  )
}

/** 種市第15地割〜第21地割: a town that is divided into numbered lots, of which these have one postcode. */
const LOTS = /^(.*?)第?(\d+)地割[~〜-].*?第?(\d+)地割$/

function liesIn(address: string, town: string): boolean {
  const lots = LOTS.exec(bare(town))
  if (!lots) return address.includes(bare(town))
  const [, name, first, last] = lots
  const at = name === '' ? -1 : address.indexOf(name)
  const lot = /^第?(\d+)/.exec(at >= 0 ? address.slice(at + name.length) : address)
  if (name !== '' && at < 0) return false
  return lot === null || (Number(lot[1]) >= Number(first) && Number(lot[1]) <= Number(last))
}

/** The fields of an address that doesn't lie where its postcode says; none where either can't be read. */
export async function addressDoubts(
  fields: Field[],
  value: (key: string) => string
): Promise<Record<string, 'postcode_address'>> {
  const postcode = fields.find((field) => kindOf(field).tells === 'postcode')
  const address = fields.find((field) => kindOf(field).tells === 'address')
  if (!postcode || !address) return {}
  const [code, text] = [value(postcode.key), value(address.key)]
  if (!isReadable(code) || !isReadable(text) || code.length !== 7) return {}
  return (await postcodeFits(code, text)) === false ? { [postcode.key]: 'postcode_address' } : {}
}

/** Spellings that mean the same: 大字 and 字 are left out, ヶ and ケ are one, kanji numbers of 丁目 are digits. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/大字|(?<=.)字/g, '')
    .replace(/[ヶケが]/g, 'ケ')
    .replace(/[一二三四五六七八九](?=丁目)/g, (digit) =>
      String('一二三四五六七八九'.indexOf(digit) + 1)
    )
    .replaceAll(' ', '')
}
