import type { Problem } from '#app/catalog/kinds'
import {
  CHANGE_HEADINGS,
  normalizeRegistered,
  REGISTER_COLUMNS,
  REGISTER_FIELDS,
  type RegisteredPerson,
  type RegisterField,
} from '#app/register/registered_person'
import type { ImportRefusal } from '#app/register/register_import'
import { decodeText, plainHeading, tableOf } from '#app/shared/csv_table'

/** More rows than any one service of a city has. */
const MOST_ROWS = 200_000
/** When this share of a column can't be what its heading says, the columns are shifted. */
const SHIFTED = 0.2

export interface RegisterRow {
  /** as a spreadsheet counts: the first row of data is 2 */
  row: number
  person: RegisteredPerson
  change: 'died' | 'moved' | null
  problem: { column: string; problem: Problem | 'duplicate' } | null
}

export type ReadRegister =
  | { ok: true; encoding: 'utf8' | 'cp932'; rows: RegisterRow[] }
  | { ok: false; reason: ImportRefusal; columns?: string; row?: number }

/** Reads a register file: CSV with headings, in UTF-8 or CP932. A file whose columns don't fit is refused as a whole. */
export function readRegister(content: Buffer): ReadRegister {
  const { text, encoding } = decodeText(content)
  if (text.trim() === '') return { ok: false, reason: 'empty' }
  const table = tableOf(text)
  if (!table || table.length === 0) return { ok: false, reason: 'not_csv' }
  if (table.length > MOST_ROWS) return { ok: false, reason: 'too_many_rows' }
  const [headings, ...lines] = table
  const columns = columnsOf(headings)
  const missing = REGISTER_FIELDS.filter(
    (key) => REGISTER_COLUMNS[key].required && columns[key] === undefined
  )
  if (missing.length > 0)
    return { ok: false, reason: 'columns_missing', columns: missing.map(headingOf).join('、') }
  if (lines.length === 0) return { ok: false, reason: 'empty' }
  const uneven = lines.findIndex((line) => line.length !== headings.length)
  if (uneven >= 0) return { ok: false, reason: 'columns_shifted', row: uneven + 2 }
  const rows = lines.map((line, index) => readRow(line, index + 2, columns))
  const shifted = shiftedColumn(rows)
  if (shifted) return { ok: false, reason: 'columns_shifted', ...shifted }
  markDuplicates(rows)
  return { ok: true, encoding, rows }
}

type Columns = Partial<Record<RegisterField | 'change', number>>

function readRow(line: string[], row: number, columns: Columns): RegisterRow {
  let problem: RegisterRow['problem'] = null
  const cells = REGISTER_FIELDS.map((key) => {
    const index = columns[key]
    const result = normalizeRegistered(key, index === undefined ? '' : line[index])
    if (result.problem) problem ??= { column: headingOf(key), problem: result.problem }
    return [key, result.value] as const
  })
  const change = columns.change === undefined ? '' : line[columns.change]
  return {
    row,
    person: { ...NOBODY, ...Object.fromEntries(cells) },
    change: /死/.test(change) ? 'died' : /転出|喪失/.test(change) ? 'moved' : null,
    problem,
  }
}

const NOBODY: RegisteredPerson = {
  number: '',
  kana: '',
  name: '',
  birthDate: '',
  postcode: '',
  address: '',
  phone: '',
  sendTo: '',
  stopped: '',
}

/** A column of which too much can't be what its heading says, with the first such row. */
function shiftedColumn(rows: RegisterRow[]): { columns: string; row: number } | null {
  const byColumn = Map.groupBy(
    rows.filter((row) => row.problem),
    (row) => row.problem!.column
  )
  for (const [columns, faulty] of byColumn) {
    if (faulty.length > 1 && faulty.length / rows.length > SHIFTED)
      return { columns, row: faulty[0].row }
  }
  return null
}

/** One voucher number belongs to one person: the second row with it is not taken. */
function markDuplicates(rows: RegisterRow[]): void {
  const seen = new Set<string>()
  for (const row of rows) {
    if (row.problem) continue
    if (seen.has(row.person.number))
      row.problem = { column: headingOf('number'), problem: 'duplicate' }
    seen.add(row.person.number)
  }
}

function columnsOf(headings: string[]): Columns {
  const at = (names: string[]) => {
    const index = headings.findIndex((heading) => names.includes(plainHeading(heading)))
    return index < 0 ? undefined : index
  }
  return {
    ...Object.fromEntries(REGISTER_FIELDS.map((key) => [key, at(REGISTER_COLUMNS[key].headings)])),
    change: at(CHANGE_HEADINGS),
  }
}

function headingOf(key: RegisterField): string {
  return REGISTER_COLUMNS[key].headings[0]
}
