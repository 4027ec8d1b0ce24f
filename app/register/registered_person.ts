import { RegisterPersonSchema } from '#database/schema'
import { normalize, type Problem } from '#app/catalog/kinds'
import type { Field, FieldKindName } from '#app/catalog/description'
import type { Sealer } from '#app/shared/sealing'

/** What the client's register says of somebody. Dates YYYY-MM-DD; phone and postcode digits only. */
export interface RegisteredPerson {
  number: string
  kana: string
  name: string
  birthDate: string
  postcode: string
  address: string
  phone: string
  /** where mail goes, if not home */
  sendTo: string
  /** why nothing is to be sent; empty where all may be sent */
  stopped: string
}

export type RegisterField = keyof RegisteredPerson

interface Column {
  /** the heading that is written, and others that are understood */
  headings: string[]
  kind: FieldKindName
  required: boolean
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
  kana: { headings: ['カナ氏名', 'フリガナ', '氏名カナ'], kind: 'kana', required: true },
  name: { headings: ['氏名', '漢字氏名'], kind: 'name', required: true },
  birthDate: { headings: ['生年月日'], kind: 'era_date', required: true },
  postcode: { headings: ['郵便番号'], kind: 'postcode', required: true },
  address: { headings: ['住所'], kind: 'address', required: true },
  phone: { headings: ['電話番号', '電話'], kind: 'phone', required: false },
  sendTo: { headings: ['送付先'], kind: 'text', required: false },
  stopped: { headings: ['発送停止'], kind: 'text', required: false },
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
] as const satisfies RegisterField[]

/** The heading of the column that says died or moved. */
export const CHANGE_HEADINGS = ['異動', '異動事由']

/** Somebody of the client's register of eligible people. */
export default class RegisterPerson extends RegisterPersonSchema {
  declare state: 'eligible' | 'died' | 'moved'

  /** @throws {SealBroken} */
  open(sealer: Sealer): RegisteredPerson {
    return sealer.openJson<RegisteredPerson>(personPlace(this.id), this.values)
  }
}

/** What a registered person's values are bound to. */
export const personPlace = (id: string) => `register_people.values:${id}`

/** Brings one cell of a register file into the form in which it is kept. */
export function normalizeRegistered(
  key: RegisterField,
  text: string
): { value: string; problem?: Problem } {
  const { kind, required, check, cells } = REGISTER_COLUMNS[key]
  const field: Field = { key, kind, required, check, cells, label: { ja: '', en: '' }, height: 0 }
  // Western dates come as 1944/5/3 and 19440503 as well.
  const western = /^(\d{4})[/.-]?(\d{1,2})[/.-]?(\d{1,2})$/.exec(text.trim())
  const date =
    kind === 'era_date' && western
      ? `${western[1]}-${western[2].padStart(2, '0')}-${western[3].padStart(2, '0')}`
      : text
  return normalize(field, date)
}
