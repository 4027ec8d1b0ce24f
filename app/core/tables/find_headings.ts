import { CsvError } from 'csv-parse'
import type { PlacedColumn, RefusedTable, TableColumn } from '#app/core/tables/table'
import type { TableEncoding } from '#app/core/tables/decode_table'
import { cellText, firstLines } from '#app/core/tables/table_lines'

const DELIMITERS = [',', '\t', ';', '|']
/** Titles, dates and notes may stand above the headings: not more lines than these. */
export const HEADINGS_WITHIN = 30

/** The separator with which most of the columns are found; without headings the one that parts the most cells. */
export async function delimiterOf(
  file: { content: Buffer; encoding: TableEncoding },
  columns: TableColumn[],
  headless: boolean
): Promise<string> {
  const found = await Promise.all(
    DELIMITERS.map(async (delimiter) => {
      const lines = await firstLines({ ...file, delimiter }, HEADINGS_WITHIN).catch(noTable)
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

/** The line that holds most of the headings, and which column each of them is. */
export function headingsOf(
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

/** Tells what is wrong with a table's headings; null where all required ones are there, and none twice. */
export function refusalOfHeadings(
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

/** A heading as it is compared: half width, without spaces, large letters as small ones. */
export function plainHeading(heading: string): string {
  return heading.normalize('NFKC').replace(/\s/g, '').toLowerCase()
}
