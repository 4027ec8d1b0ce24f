import { CsvError } from 'csv-parse'
import { tableEncoding, type TableEncoding } from '#app/core/tables/decode_table'
import {
  delimiterOf,
  headingsOf,
  HEADINGS_WITHIN,
  refusalOfHeadings,
} from '#app/core/tables/find_headings'
import { filledLines, type Layout, type ReadLine } from '#app/core/tables/filled_lines'
import { isSpreadsheet, sheetLines } from '#app/core/tables/spreadsheet'
import { isShifted } from '#app/core/tables/shifted_rows'
import type { RefusedTable, TableColumn, TableRow } from '#app/core/tables/table'
import { cellText, firstLines, isBlank, type TableFile } from '#app/core/tables/table_lines'

/** A table that can be taken: how many rows it has, and the rows, read anew each time that they are asked for. */
export type OpenedTable =
  | {
      ok: true
      encoding: TableEncoding
      count: number
      headings: string[]
      rows: () => AsyncGenerator<TableRow>
    }
  | RefusedTable

export type ReadTable = { ok: true; encoding: TableEncoding; rows: TableRow[] } | RefusedTable

export interface TableOptions {
  maxRows: number
  /** the column that may hold each value once */
  unique?: string
  /** a table without headings: its columns stand in the order that is given */
  headless?: boolean
}

/** The share of rows in the wrong columns above which the file is shifted. */
const SHIFTED = 0.2
/** So many doubtful rows are looked at for that. */
const LOOKED_AT = 200
/** The share of rows with what no encoding gives, above which the encoding was wrong. */
const UNDECODED = 0.2

/**
 * Opens any table that people bring: separated by commas, tabs, semicolons or bars, in UTF-8, UTF-16 or CP932, or the
 * first sheet of a workbook (xlsx); its headings wherever they stand. Nothing is guessed: a row with something doubtful says so, with the number that a
 * spreadsheet shows; a file is refused only for what concerns all of it. It is gone through once for that, row by row,
 * and once more for the rows.
 */
export async function openTable(
  content: Buffer,
  columns: TableColumn[],
  options: TableOptions
): Promise<OpenedTable> {
  if (isSpreadsheet(content)) {
    const lines = await sheetLines(content)
    return lines
      ? openLines({ lines }, 'utf8', columns, options)
      : { ok: false, reason: 'spreadsheet' }
  }
  const encoding = tableEncoding(content)
  if (isBlank(content, encoding)) return { ok: false, reason: 'empty' }
  try {
    const delimiter = await delimiterOf({ content, encoding }, columns, options.headless === true)
    return await openLines({ content, encoding, delimiter }, encoding, columns, options)
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, reason: 'not_csv' }
    throw error
  }
}

async function openLines(
  file: TableFile,
  encoding: TableEncoding,
  columns: TableColumn[],
  options: TableOptions
): Promise<OpenedTable> {
  const start = await firstLines(file, HEADINGS_WITHIN)
  const { at, places } = options.headless
    ? { at: -1, places: columns.map((column, index) => ({ column, index })) }
    : headingsOf(start, columns)
  const headings = (start[at] ?? []).map(cellText)
  const refusal = refusalOfHeadings(headings, places, columns)
  if (refusal) return { ...refusal, headings }
  const layout = { at, places, width: options.headless ? Infinity : start[at].length }
  const survey = await surveyOf(file, layout, options.maxRows)
  if ('reason' in survey) return survey
  const unique = columns.find((column) => column.key === options.unique)
  return {
    ok: true,
    encoding,
    count: survey.count,
    headings,
    rows: () => rowsOf(file, layout, unique),
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

/** Counts the rows, or tells what is wrong with all of them. */
async function surveyOf(
  file: TableFile,
  layout: Layout,
  maxRows: number
): Promise<{ count: number } | RefusedTable> {
  let count = 0
  const undecoded = { count: 0, row: 0 }
  let doubtful = 0
  const looked: ReadLine[] = []
  for await (const line of filledLines(file, layout)) {
    if (++count > maxRows) return { ok: false, reason: 'too_many_rows' }
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
