import { fieldOf, normalize } from '#app/catalog/field_values'
import { narrow } from '#app/catalog/fields/characters'
import { plainHeading } from '#app/core/tables/find_headings'
import type { TableColumn } from '#app/core/tables/table'
import type { LetterTemplate } from '#app/replies/templates/letter_template'

/** Characters of a cell that are taken for a value; more is a mistake of the list. */
const MAX_VALUE = 500
const MAX_NAME = 60
const MAX_ADDRESS = 200

/** Columns of everybody who is written to. */
const TO: TableColumn[] = [
  {
    key: 'postcode',
    headings: ['郵便番号', '〒', '送付先郵便番号', '宛先郵便番号', 'postcode'],
    required: true,
    read: (cell) => normalize(fieldOf('postcode'), cell),
  },
  {
    key: 'address',
    headings: ['住所', '住所1', '送付先住所', '宛先住所', '送付先', 'address'],
    required: true,
    read: (cell) => limited(normalize(fieldOf('address'), cell), MAX_ADDRESS),
  },
  {
    key: 'building',
    headings: ['住所2', '方書', '建物名', 'マンション名', 'building'],
    required: false,
    read: (cell) => limited(normalize(fieldOf('address'), cell), MAX_ADDRESS),
  },
  {
    key: 'name',
    headings: ['氏名', '宛名', '名前', 'お名前', '送付先氏名', '宛先氏名', 'name'],
    required: true,
    read: (cell) => limited({ value: narrow(cell) }, MAX_NAME),
  },
  {
    key: 'honorific',
    headings: ['敬称', 'honorific'],
    required: false,
    read: (cell) => limited({ value: narrow(cell) }, 4),
  },
]

/** Names what lists call the addressee's name, address or postcode as letters do; undefined where it is something else. */
export function addresseeWord(heading: string): string | undefined {
  const own = plainHeading(heading)
  return TO.find(
    ({ required, headings }) => required && headings.some((one) => plainHeading(one) === own)
  )?.headings[0]
}

/** Returns the columns of a list whose rows become letters of a template. */
export function columnsOf({ fields }: LetterTemplate): TableColumn[] {
  return [
    ...TO,
    ...fields.map(({ name, headings = [], required = false, onForm = false }): TableColumn => ({
      key: `field:${name}`,
      headings: [name, ...headings],
      required: required || onForm,
      read: (cell) => limited({ value: cell.trim() }, MAX_VALUE),
    })),
  ]
}

function limited(read: { value: string; problem?: string }, max: number) {
  return read.problem || [...read.value].length <= max ? read : { ...read, problem: 'too_long' }
}
