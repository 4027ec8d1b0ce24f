import {
  CHANGE_HEADINGS,
  NOBODY,
  readRegistered,
  REGISTER_COLUMNS,
  REGISTER_FIELDS,
  type RegisteredPerson,
} from '#app/register/registered_person'
import {
  readTable,
  type RowReason,
  type TableColumn,
  type TableRefusal,
} from '#app/shared/tables/read_table'
import type { TableEncoding } from '#app/shared/tables/decode_table'

/** More rows than any one service of a city has. */
const MOST_ROWS = 200_000

export interface RegisterRow {
  /** as a spreadsheet counts */
  row: number
  person: RegisteredPerson
  change: 'died' | 'moved' | null
  reasons: RowReason[]
}

export type ReadRegister =
  | { ok: true; encoding: TableEncoding; rows: RegisterRow[] }
  | { ok: false; reason: TableRefusal; columns?: string; row?: number }

const COLUMNS: TableColumn[] = [
  ...REGISTER_FIELDS.map((key) => ({
    key,
    ...REGISTER_COLUMNS[key],
    read: (cell: string) => readRegistered(key, cell),
  })),
  {
    key: 'change',
    headings: CHANGE_HEADINGS,
    required: false,
    read: (cell: string) => ({ value: cell }),
  },
]

/** Reads a register file. Somebody has a name in kana, or one in Latin letters. */
export function readRegister(content: Buffer): ReadRegister {
  const table = readTable(content, COLUMNS, { mostRows: MOST_ROWS, unique: 'number' })
  if (!table.ok) return table
  return {
    ok: true,
    encoding: table.encoding,
    rows: table.rows.map(({ row, values, reasons }) => {
      const { change = '', ...cells } = values
      const person = { ...NOBODY, ...cells }
      const nameless = person.kana === '' && person.latinName === ''
      // Without kana somebody is found and called by the Latin name; a name in kanji alone says neither.
      return {
        row,
        person,
        change: /死/.test(change) ? 'died' : /転出|喪失/.test(change) ? 'moved' : null,
        reasons: nameless
          ? [...reasons, { column: REGISTER_COLUMNS.kana.headings[0], problem: 'required' }]
          : reasons,
      }
    }),
  }
}
