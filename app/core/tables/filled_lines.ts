import { isLacking, type PlacedColumn, type RowReason, type TableRow } from '#app/core/tables/table'
import { cellText, linesOf, type TableFile } from '#app/core/tables/table_lines'

/** Signs for bytes that are no character, and those that only some office's own font shows (外字). */
const NO_CHARACTER = /[\uFFFD\uE000-\uF8FF]/

/** The place of the headings, and what stands below them. */
export interface Layout {
  /** index of the line of headings; -1 where there is none */
  at: number
  places: PlacedColumn[]
  width: number
}

/** A line as cells, and as the row that it is. */
export interface ReadLine {
  cells: string[]
  row: TableRow
}

/** Yields what stands below the headings, without blank lines. */
export async function* filledLines(
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
  return { row, values, reasons, cells }
}
