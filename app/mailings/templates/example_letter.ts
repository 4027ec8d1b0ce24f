import { fillTemplate, type LetterTemplate } from '#app/replies/templates/letter_template'
import type { Letter } from '#app/replies/letter'
import { products } from '#app/replies/products/product'
import type { TypesetSheets } from '#app/replies/products/typeset_sheets'
import { today } from '#app/core/clock'
import { clearCode } from '#app/core/ids'
import { eraDate } from '#app/core/japanese_calendar'

/** Somebody that there isn't: with short names and values, or as long as they come. */
export const EXAMPLES = ['short', 'long'] as const
export type Example = (typeof EXAMPLES)[number]

const TO = {
  short: { postcode: '399-9903', address: '長野県青嶺市上久保123番地4', name: '青嶺 花子' },
  long: {
    postcode: '399-9903',
    address: '長野県青嶺市上久保1234番地567 グランドハイツ上久保南館 1208号室 長谷川様方',
    name: '長谷川・フェルナンデス 真理亜エリザベス',
  },
}

/** The letter of a template to somebody that there isn't, to be looked at; a placeholder shows its own name. */
export function exampleLetter(
  { fields, text, contact }: LetterTemplate,
  size: Letter['size'],
  example: Example
): Letter {
  const to = TO[example]
  const values = Object.fromEntries(
    fields.map(({ name }) => [name, example === 'short' ? `〔${name}〕` : `〔${name}〕`.repeat(3)])
  )
  return {
    text: fillTemplate(text, { ...values, 氏名: to.name, 郵便番号: to.postcode, 住所: to.address }),
    date: eraDate(today()),
    ...{ to, contact, size },
    receipt: '',
  }
}

/** Typesets a letter as it will be printed, with a sheet's number and code that are none. */
export async function proofOf(
  letter: Letter,
  { product, documentNumber }: { product: string; documentNumber: string | null }
): Promise<Pick<TypesetSheets, 'pdf' | 'pages'>> {
  const sheet = { number: 1, code: clearCode(8), documentNumber, datedOn: today() }
  return products.get(product).typeset!([{ letter, sheet }], {})
}
