import { parse } from 'csv-parse/sync'
import { decodeTable, isSpreadsheet, type TableEncoding } from '#app/shared/tables/decode_table'
import { isShifted } from '#app/shared/tables/shifted_rows'

/** What one column of a table is for. */
export interface TableColumn {
  key: string
  /** the heading that is written, and others that are understood */
  headings: string[]
  /** whether its heading must be there */
  required: boolean
  /** whether its cells may be empty all the same */
  blank?: boolean
  /** brings a cell into the form in which it is kept */
  read(cell: string): { value: string; problem?: string }
}

/** Why a row isn't taken: the heading of its column, and the key of a message. */
export interface RowReason {
  column: string
  problem: string
}

export interface TableRow {
  /** as a spreadsheet counts: the first line of the file is 1, blank lines count */
  row: number
  /** by the keys of the columns; as it was written where it is doubtful */
  values: Record<string, string>
  reasons: RowReason[]
}

/** Why nothing of a file can be taken. */
export type TableRefusal =
  | 'empty'
  | 'spreadsheet'
  | 'encoding'
  | 'not_csv'
  | 'columns_missing'
  | 'heading_twice'
  | 'columns_shifted'
  | 'too_many_rows'

export type ReadTable =
  | { ok: true; encoding: TableEncoding; rows: TableRow[] }
  | { ok: false; reason: TableRefusal; columns?: string; row?: number }

export interface TableOptions {
  mostRows: number
  /** the column that may hold each value once */
  unique?: string
  /** a table without headings: its columns stand in the order that is given */
  headless?: boolean
}

const DELIMITERS = [',', '\t', ';', '|']
/** Titles, dates and notes may stand above the headings: not more lines than these. */
const HEADINGS_WITHIN = 30
/** When this share of the rows stands in the wrong columns, the file is shifted. */
const SHIFTED = 0.2
/** So many doubtful rows are looked at for that. */
const LOOKED_AT = 200
/** When this share of the rows holds what no encoding gives, it was the wrong one. */
const UNDECODED = 0.2
/** What stands for bytes that are no character, and what only some office's own font shows (外字). */
const NO_CHARACTER = /[\uFFFD\uE000-\uF8FF]/

/**
 * Reads any table that people bring: separated by commas, tabs, semicolons or bars, in UTF-8, UTF-16 or CP932, its
 * headings wherever they stand. Nothing is guessed: a row with something doubtful says so, with the number that a
 * spreadsheet shows; a file is refused only for what concerns all of it.
 */
export function readTable(
  content: Buffer,
  columns: TableColumn[],
  options: TableOptions
): ReadTable {
  if (isSpreadsheet(content)) return { ok: false, reason: 'spreadsheet' }
  const { text, encoding } = decodeTable(content)
  if (text.trim() === '') return { ok: false, reason: 'empty' }
  const delimiter = delimiterOf(text, columns, options)
  const lines = linesOf(text, delimiter)
  if (!lines) return { ok: false, reason: 'not_csv' }
  if (lines.length > options.mostRows + HEADINGS_WITHIN)
    return { ok: false, reason: 'too_many_rows' }
  const placed = options.headless
    ? { at: -1, places: columns.map((column, index) => ({ column, index })) }
    : headingsOf(lines, columns)
  const { at, places } = placed
  const twice = places.find((one) =>
    places.some((other) => other !== one && other.column === one.column)
  )
  if (twice) return { ok: false, reason: 'heading_twice', columns: lines[at][twice.index].trim() }
  const missing = columns.filter(
    (column) => column.required && !places.some((place) => place.column === column)
  )
  if (missing.length > 0)
    return {
      ok: false,
      reason: 'columns_missing',
      columns: missing.map(({ headings }) => headings[0]).join('、'),
    }
  const width = options.headless ? Infinity : lines[at].length
  const filled = lines
    .map((cells, index) => ({ cells: cells.map(cellText), row: index + 1 }))
    .filter(({ cells }, index) => index > at && cells.some((cell) => cell !== ''))
  if (filled.length === 0) return { ok: false, reason: 'empty' }
  const rows = filled.map(({ cells, row }) => readRow(cells, row, places, width))
  const undecoded = rows.filter((row) => row.reasons.some((one) => one.problem === 'characters'))
  if (undecoded.length > Math.max(1, rows.length * UNDECODED))
    return { ok: false, reason: 'encoding', row: undecoded[0].row }
  const doubtful = rows.flatMap((row, index) =>
    row.reasons.length > 0 ? [{ row, cells: filled[index].cells }] : []
  )
  const looked = doubtful.slice(0, LOOKED_AT)
  const shifted = looked.filter(({ cells }) => isShifted(cells, places))
  const share = (shifted.length / Math.max(looked.length, 1)) * (doubtful.length / rows.length)
  if (shifted.length > 1 && share > SHIFTED) {
    const [{ row }] = shifted
    return { ok: false, reason: 'columns_shifted', row: row.row, columns: row.reasons[0].column }
  }
  if (options.unique)
    markTwice(
      rows,
      columns.find((column) => column.key === options.unique)!
    )
  return { ok: true, encoding, rows }
}

/** A heading as it is compared: half width, without spaces. */
export function plainHeading(heading: string): string {
  return heading.normalize('NFKC').replace(/\s/g, '')
}

/** Where a column stands in the file. */
export interface PlacedColumn {
  column: TableColumn
  index: number
}

/** The lines of a text as cells, blank ones too; null where it is no table. */
function linesOf(text: string, delimiter: string, most?: number): string[][] | null {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      ...(most ? { to: most } : {}),
    })
  } catch {
    return null
  }
}

/** The separator with which most of the columns are found; without headings the one that parts the most cells. */
function delimiterOf(text: string, columns: TableColumn[], { headless }: TableOptions): string {
  const found = DELIMITERS.map((delimiter) => {
    const lines = linesOf(text, delimiter, HEADINGS_WITHIN) ?? []
    const count = headless
      ? Math.max(0, ...lines.map((cells) => cells.length))
      : headingsOf(lines, columns).places.length
    return { delimiter, count }
  })
  return found.reduce((best, one) => (one.count > best.count ? one : best)).delimiter
}

/** The line that holds most of the headings, and which column each of them is. */
function headingsOf(
  lines: string[][],
  columns: TableColumn[]
): { at: number; places: PlacedColumn[] } {
  const found = lines.slice(0, HEADINGS_WITHIN).map((cells, at) => ({
    at,
    places: cells.flatMap((cell, index): PlacedColumn[] => {
      const heading = plainHeading(cellText(cell))
      const column = columns.find(({ headings }) => headings.map(plainHeading).includes(heading))
      return column ? [{ column, index }] : []
    }),
  }))
  const distinct = (places: PlacedColumn[]) => new Set(places.map((one) => one.column)).size
  return found.reduce(
    (best, one) => (distinct(one.places) > distinct(best.places) ? one : best),
    found[0] ?? { at: 0, places: [] }
  )
}

/** What a cell says: without the formula by which spreadsheets keep zeros (="0123"), or the sign that keeps = from being one. */
function cellText(cell: string): string {
  const text = cell.trim()
  const formula = /^="((?:[^"]|"")*)"$/.exec(text)
  if (formula) return formula[1].replaceAll('""', '"').trim()
  return text.replace(/^'(?=[=+\-@＝＋－＠])/, '')
}

function readRow(cells: string[], row: number, places: PlacedColumn[], width: number): TableRow {
  const reasons: RowReason[] = []
  const values: Record<string, string> = {}
  for (const { column, index } of places) {
    const cell = cells[index] ?? ''
    const [heading] = column.headings
    const { value, problem } = column.read(cell)
    values[column.key] = value
    if (NO_CHARACTER.test(cell)) reasons.push({ column: heading, problem: 'characters' })
    else if (problem) reasons.push({ column: heading, problem })
    else if (isLacking(column, value)) reasons.push({ column: heading, problem: 'required' })
  }
  const extra = cells.findIndex((cell, index) => index >= width && cell !== '')
  if (extra >= 0) reasons.push({ column: String(extra + 1), problem: 'extra_cell' })
  return { row, values, reasons }
}

/** Whether something must stand where nothing does. */
export function isLacking(column: TableColumn, value: string): boolean {
  return column.required && !column.blank && value === ''
}

/** What may stand in the table once: the second row with it is not taken. */
function markTwice(rows: TableRow[], column: TableColumn): void {
  const seen = new Set<string>()
  for (const row of rows) {
    const value = row.values[column.key]
    if (row.reasons.length > 0) continue
    if (seen.has(value)) row.reasons.push({ column: column.headings[0], problem: 'duplicate' })
    seen.add(value)
  }
}
