import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import {
  isSpreadsheet,
  tableEncoding,
  textOf,
  type TableEncoding,
} from '#app/shared/tables/decode_table'
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

interface RefusedTable {
  ok: false
  reason: TableRefusal
  columns?: string
  row?: number
}

/** A table that can be taken: how many rows it has, and the rows, read anew each time that they are asked for. */
export type OpenedTable =
  | { ok: true; encoding: TableEncoding; count: number; rows: () => AsyncGenerator<TableRow> }
  | RefusedTable

export type ReadTable = { ok: true; encoding: TableEncoding; rows: TableRow[] } | RefusedTable

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
 * Opens any table that people bring: separated by commas, tabs, semicolons or bars, in UTF-8, UTF-16 or CP932, its
 * headings wherever they stand. Nothing is guessed: a row with something doubtful says so, with the number that a
 * spreadsheet shows; a file is refused only for what concerns all of it. It is gone through once for that, row by row,
 * and once more for the rows.
 */
export async function openTable(
  content: Buffer,
  columns: TableColumn[],
  options: TableOptions
): Promise<OpenedTable> {
  if (isSpreadsheet(content)) return { ok: false, reason: 'spreadsheet' }
  const encoding = tableEncoding(content)
  if (isBlank(content, encoding)) return { ok: false, reason: 'empty' }
  try {
    const delimiter = await delimiterOf({ content, encoding }, columns, options)
    const file = { content, encoding, delimiter }
    const start = await firstLines(file)
    const { at, places } = options.headless
      ? { at: -1, places: columns.map((column, index) => ({ column, index })) }
      : headingsOf(start, columns)
    const refusal = refusalOfHeadings(start[at] ?? [], places, columns)
    if (refusal) return refusal
    const layout = { at, places, width: options.headless ? Infinity : start[at].length }
    const survey = await surveyOf(file, layout, options.mostRows)
    if ('reason' in survey) return survey
    const unique = columns.find((column) => column.key === options.unique)
    return {
      ok: true,
      encoding,
      count: survey.count,
      rows: () => rowsOf(file, layout, unique),
    }
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, reason: 'not_csv' }
    throw error
  }
}

/** Opens a table and reads all its rows: for files that are known to be small. */
export async function readTable(
  content: Buffer,
  columns: TableColumn[],
  options: TableOptions
): Promise<ReadTable> {
  const opened = await openTable(content, columns, options)
  return opened.ok ? { ...opened, rows: await Array.fromAsync(opened.rows()) } : opened
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

interface TableFile {
  content: Buffer
  encoding: TableEncoding
  delimiter: string
}

/** Where the headings are, and what stands below them. */
interface Layout {
  /** index of the line of headings; -1 where there is none */
  at: number
  places: PlacedColumn[]
  width: number
}

function isBlank(content: Buffer, encoding: TableEncoding): boolean {
  for (const part of textOf(content, encoding)) if (part.trim() !== '') return false
  return true
}

/** The lines of a file as cells, blank ones too. @throws {CsvError} where it is no table */
async function* linesOf({ content, encoding, delimiter }: TableFile): AsyncGenerator<string[]> {
  const lines = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  })
  const text = Readable.from(textOf(content, encoding))
  try {
    for await (const line of text.pipe(lines)) yield line as string[]
  } finally {
    text.destroy()
  }
}

/** Titles and headings. @throws {CsvError} */
async function firstLines(file: TableFile): Promise<string[][]> {
  const lines: string[][] = []
  for await (const line of linesOf(file)) if (lines.push(line) === HEADINGS_WITHIN) break
  return lines
}

/** The separator with which most of the columns are found; without headings the one that parts the most cells. */
async function delimiterOf(
  file: Omit<TableFile, 'delimiter'>,
  columns: TableColumn[],
  { headless }: TableOptions
): Promise<string> {
  const found = await Promise.all(
    DELIMITERS.map(async (delimiter) => {
      const lines = await firstLines({ ...file, delimiter }).catch(noTable)
      const count = headless
        ? Math.max(0, ...lines.map((cells) => cells.length))
        : headingsOf(lines, columns).places.length
      return { delimiter, count }
    })
  )
  return found.reduce((best, one) => (one.count > best.count ? one : best)).delimiter
}

function noTable(error: unknown): string[][] {
  if (error instanceof CsvError) return []
  throw error
}

function refusalOfHeadings(
  headings: string[],
  places: PlacedColumn[],
  columns: TableColumn[]
): RefusedTable | null {
  const twice = places.find((one) =>
    places.some((other) => other !== one && other.column === one.column)
  )
  if (twice) return { ok: false, reason: 'heading_twice', columns: headings[twice.index].trim() }
  const missing = columns.filter(
    (column) => column.required && !places.some((place) => place.column === column)
  )
  if (missing.length === 0) return null
  const names = missing.map((column) => column.headings[0]).join('、')
  return { ok: false, reason: 'columns_missing', columns: names }
}

interface ReadLine {
  cells: string[]
  row: TableRow
}

/** What stands below the headings, without blank lines. */
async function* filledLines(
  file: TableFile,
  { at, places, width }: Layout
): AsyncGenerator<ReadLine> {
  let number = 0
  for await (const line of linesOf(file)) {
    number++
    if (number <= at + 1) continue
    const cells = line.map(cellText)
    if (cells.every((cell) => cell === '')) continue
    yield { cells, row: readRow(cells, number, places, width) }
  }
}

/** How many rows there are, or what is wrong with all of them. */
async function surveyOf(
  file: TableFile,
  layout: Layout,
  mostRows: number
): Promise<{ count: number } | RefusedTable> {
  let count = 0
  const undecoded = { count: 0, row: 0 }
  let doubtful = 0
  const looked: ReadLine[] = []
  for await (const line of filledLines(file, layout)) {
    if (++count > mostRows) return { ok: false, reason: 'too_many_rows' }
    const { reasons, row } = line.row
    if (reasons.some((one) => one.problem === 'characters') && undecoded.count++ === 0)
      undecoded.row = row
    if (reasons.length > 0 && doubtful++ < LOOKED_AT) looked.push(line)
  }
  if (count === 0) return { ok: false, reason: 'empty' }
  if (undecoded.count > Math.max(1, count * UNDECODED))
    return { ok: false, reason: 'encoding', row: undecoded.row }
  const shifted = looked.filter(({ cells }) => isShifted(cells, layout.places))
  const share = (shifted.length / Math.max(looked.length, 1)) * (doubtful / count)
  if (shifted.length > 1 && share > SHIFTED) {
    const [{ row }] = shifted
    return { ok: false, reason: 'columns_shifted', row: row.row, columns: row.reasons[0].column }
  }
  return { count }
}

/** The rows; of what may stand in the table once, the second is not taken. */
async function* rowsOf(
  file: TableFile,
  layout: Layout,
  unique: TableColumn | undefined
): AsyncGenerator<TableRow> {
  const seen = new Set<string>()
  for await (const { row } of filledLines(file, layout)) {
    if (unique && row.reasons.length === 0) {
      const value = row.values[unique.key]
      if (seen.has(value)) row.reasons.push({ column: unique.headings[0], problem: 'duplicate' })
      seen.add(value)
    }
    yield row
  }
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
