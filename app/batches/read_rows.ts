import { createHash } from 'node:crypto'
import type { BatchProblem } from '#app/batches/batch'
import { openTable } from '#app/core/tables/open_table'
import type { TableColumn, TableRow } from '#app/core/tables/table'

/** Rows that a table may have: more are handed in as two batches. */
export const MAX_ROWS = 100_000
const MAX_COLUMNS = 100

/** A piece as a table has it. */
export interface ReadPiece {
  number: number
  /** of the table, as a spreadsheet counts; equal rows are one piece */
  rows: number[]
  given: string[] | null
  /** why it can't be done */
  faulty?: string
}

export type ReadRows =
  | { ok: true; headings: string[]; count: number; pieces: () => AsyncGenerator<ReadPiece> }
  | { ok: false; problem: BatchProblem }

/** Columns of any table: its first line says what they are called. */
const COLUMNS: TableColumn[] = Array.from({ length: MAX_COLUMNS + 1 }, (_, index) => ({
  key: String(index),
  headings: [String(index + 1)],
  required: false,
  read: (cell) => ({ value: cell }),
}))

/** Reads a table whose rows are pieces of work; the first line names its columns. Equal rows are worked on once. */
export async function readRows(content: Buffer): Promise<ReadRows> {
  const opened = await openTable(content, COLUMNS, { maxRows: MAX_ROWS + 1, headless: true })
  if (!opened.ok) {
    const { reason, columns = '', row = 0 } = opened
    return refused(`tables.${reason}`, { columns, row })
  }
  const known = new Map<string, { number: number; rows: number[] }>()
  let headings: string[] | null = null
  for await (const row of opened.rows()) {
    if (!headings) {
      headings = headingsIn(row)
      const twice = headings.find((one, index) => headings!.indexOf(one) !== index)
      if (twice) return refused('tables.heading_twice', { columns: twice, row: row.row })
      if (headings.length > MAX_COLUMNS) return refused('batches.too_many_columns', {})
      continue
    }
    const digest = digestOf(row)
    const piece = known.get(digest)
    if (piece) piece.rows.push(row.row)
    else known.set(digest, { number: known.size + 1, rows: [row.row] })
  }
  if (!headings || known.size === 0) return refused('tables.empty', {})
  const width = headings.length
  return {
    ok: true,
    headings,
    count: known.size,
    pieces: () => piecesOf(opened.rows(), known, width),
  }
}

async function* piecesOf(
  rows: AsyncIterable<TableRow>,
  known: Map<string, { number: number; rows: number[] }>,
  width: number
): AsyncGenerator<ReadPiece> {
  let isHeading = true
  for await (const row of rows) {
    const piece = isHeading ? undefined : known.get(digestOf(row))
    isHeading = false
    if (piece?.rows[0] !== row.row) continue
    const cells = cellsOf(row)
    yield {
      ...piece,
      given: cells,
      ...(row.reasons.length > 0
        ? { faulty: 'row_characters' }
        : cells.slice(width).some(Boolean)
          ? { faulty: 'row_too_long' }
          : {}),
    }
  }
}

function headingsIn(row: TableRow): string[] {
  const cells = cellsOf(row).map((cell) => cell.trim())
  const last = cells.findLastIndex(Boolean)
  return cells.slice(0, last + 1).map((cell, index) => cell || String(index + 1))
}

function cellsOf({ values }: TableRow): string[] {
  return COLUMNS.map(({ key }) => values[key] ?? '').slice(0, lastFilled(values) + 1)
}

function lastFilled(values: Record<string, string>): number {
  return COLUMNS.findLastIndex(({ key }) => values[key])
}

function digestOf(row: TableRow): string {
  return createHash('sha256')
    .update(JSON.stringify(cellsOf(row)))
    .digest('base64')
}

function refused(reason: string, detail: BatchProblem['detail']): ReadRows {
  return { ok: false, problem: { reason, detail } }
}
