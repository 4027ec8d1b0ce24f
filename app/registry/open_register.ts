import {
  CHANGE_HEADINGS,
  NOBODY,
  readRegistered,
  REGISTER_COLUMNS,
  REGISTER_FIELDS,
  type RegisteredPerson,
} from '#app/registry/registered_person'
import { openTable, type OpenedTable } from '#app/core/tables/open_table'
import type { RowReason, TableColumn, TableRow } from '#app/core/tables/table'

/** More rows than any one service of a city has. */
const MAX_ROWS = 200_000

export interface RegisterRow {
  /** as a spreadsheet counts */
  row: number
  person: RegisteredPerson
  change: 'died' | 'moved' | null
  reasons: RowReason[]
}

type Refused = Extract<OpenedTable, { ok: false }>

/** As a table, its rows being people. */
export type OpenedRegister =
  (Extract<OpenedTable, { ok: true }> & { people: () => AsyncGenerator<RegisterRow> }) | Refused

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

/** Opens a register file. Somebody has a name in kana, or one in Latin letters. */
export async function openRegister(content: Buffer): Promise<OpenedRegister> {
  const table = await openTable(content, COLUMNS, { maxRows: MAX_ROWS, unique: 'number' })
  return table.ok ? { ...table, people: () => peopleOf(table.rows()) } : table
}

async function* peopleOf(rows: AsyncIterable<TableRow>): AsyncGenerator<RegisterRow> {
  for await (const row of rows) yield personOf(row)
}

function personOf({ row, values, reasons }: TableRow): RegisterRow {
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
}
