import { RegisterPersonSchema } from '#database/schema'
import { fieldOf } from '#app/catalog/field_values'
import { readCell } from '#app/catalog/field_values'
import type { Problem } from '#app/catalog/fields/field_kind'
import type { Sealer } from '#app/core/sealing'

/**
 * A person as the client's register has them. Dates YYYY-MM-DD; phone and postcode digits only. A foreign resident has
 * a Latin name, perhaps one in kanji (`name`) and a 通称 (`alias`), and perhaps no kana.
 */
export interface RegisteredPerson {
  number: string
  kana: string
  name: string
  birthDate: string
  postcode: string
  address: string
  phone: string
  /** where mail goes, if not home: the address, or the whole of it in one line */
  sendTo: string
  /** why nothing is to be sent; empty where all may be sent */
  stopped: string
  latinName: string
  /** 通称 */
  alias: string
  /** which name stands on mail: as the column 宛名 says; the name where it says nothing */
  addressedBy: string
  sendToPostcode: string
  sendToName: string
  /** until when nothing is to be sent; empty where no end is known */
  stoppedUntil: string
}

/** Somebody of whom nothing is known: what older registers don't say stands empty. */
export const NOBODY: RegisteredPerson = {
  number: '',
  kana: '',
  name: '',
  birthDate: '',
  postcode: '',
  address: '',
  phone: '',
  sendTo: '',
  stopped: '',
  latinName: '',
  alias: '',
  addressedBy: '',
  sendToPostcode: '',
  sendToName: '',
  stoppedUntil: '',
}

export type RegisterField = keyof RegisteredPerson

interface Column {
  /** the heading that is written, and others that are understood */
  headings: string[]
  kind: string
  required: boolean
  blank?: boolean
  check?: 'luhn'
  cells?: number
}

/** The columns of a register file. Order doesn't matter, headings do. */
export const REGISTER_COLUMNS: Record<RegisterField, Column> = {
  number: {
    headings: ['接種券番号', '券番号'],
    kind: 'digits',
    required: true,
    check: 'luhn',
    cells: 10,
  },
  kana: {
    headings: ['カナ氏名', 'フリガナ', '氏名カナ', 'カナ'],
    kind: 'kana',
    required: true,
    blank: true,
  },
  name: { headings: ['氏名', '漢字氏名'], kind: 'name', required: true, blank: true },
  birthDate: { headings: ['生年月日'], kind: 'era_date', required: true },
  postcode: { headings: ['郵便番号'], kind: 'postcode', required: true },
  address: { headings: ['住所'], kind: 'address', required: true },
  phone: { headings: ['電話番号', '電話'], kind: 'phone', required: false },
  sendTo: { headings: ['送付先', '送付先住所'], kind: 'text', required: false },
  stopped: { headings: ['発送停止', '発送停止理由'], kind: 'text', required: false },
  latinName: {
    headings: ['ローマ字氏名', 'アルファベット氏名', '英字氏名'],
    kind: 'name',
    required: false,
  },
  alias: { headings: ['通称', '通称名'], kind: 'name', required: false },
  addressedBy: { headings: ['宛名'], kind: 'choice', required: false },
  sendToPostcode: { headings: ['送付先郵便番号'], kind: 'postcode', required: false },
  sendToName: { headings: ['送付先氏名', '送付先宛名'], kind: 'name', required: false },
  stoppedUntil: { headings: ['発送停止期限', '発送停止終了日'], kind: 'date', required: false },
}

/** All fields, in the order of the file. */
export const REGISTER_FIELDS = [
  'number',
  'kana',
  'name',
  'birthDate',
  'postcode',
  'address',
  'phone',
  'sendTo',
  'stopped',
  'latinName',
  'alias',
  'addressedBy',
  'sendToPostcode',
  'sendToName',
  'stoppedUntil',
] as const satisfies RegisterField[]

/** The heading of the column that says died or moved. */
export const CHANGE_HEADINGS = ['異動', '異動事由']

/** Somebody of the client's register of eligible people. */
export default class RegisterPerson extends RegisterPersonSchema {
  declare state: 'eligible' | 'died' | 'moved'

  /** @throws {SealBroken} */
  open(sealer: Sealer): RegisteredPerson {
    return {
      ...NOBODY,
      ...sealer.openJson<Partial<RegisteredPerson>>(personSealContext(this.id), this.values),
    }
  }
}

/** Names what a registered person's values are bound to. */
export const personSealContext = (id: string) => `register_people.values:${id}`

/** The words of the column 宛名: by which name somebody is written to. */
const ADDRESSED_BY = ['氏名', 'ローマ字', '通称']

/** One cell of a register file in the form in which it is kept. */
export function readRegistered(
  key: RegisterField,
  cell: string
): { value: string; problem?: Problem } {
  const { kind, check, cells } = REGISTER_COLUMNS[key]
  return readCell(
    fieldOf(kind, {
      key,
      check,
      cells,
      isBirth: key === 'birthDate',
      options: ADDRESSED_BY.map((value) => ({ value, label: { ja: value, en: value } })),
    }),
    cell
  )
}

/** The name that stands on mail to somebody: the one that the register says, else what there is. */
export function nameOnMail(person: RegisteredPerson): string {
  const asked = { ローマ字: person.latinName, 通称: person.alias }[person.addressedBy]
  return asked || person.name || person.alias || person.latinName || person.kana
}

/** All names by which somebody may be found. */
export function namesOf(person: RegisteredPerson): string[] {
  return [person.kana, person.name, person.latinName, person.alias].filter((name) => name !== '')
}
