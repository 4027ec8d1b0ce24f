import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { textOf, type TableEncoding } from '#app/core/tables/decode_table'

/** A file of text, and how it is read; or the lines of a sheet. */
export type TableFile =
  { content: Buffer; encoding: TableEncoding; delimiter: string } | { lines: string[][] }

/** Whether nothing stands in it. */
export function isBlank(content: Buffer, encoding: TableEncoding): boolean {
  for (const part of textOf(content, encoding)) if (part.trim() !== '') return false
  return true
}

/** The lines of a file as cells, blank ones too. @throws {CsvError} where it is no table */
export async function* linesOf(file: TableFile): AsyncGenerator<string[]> {
  if ('lines' in file) return yield* file.lines
  const { content, encoding, delimiter } = file
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

/** Its first lines. @throws {CsvError} */
export async function firstLines(file: TableFile, max: number): Promise<string[][]> {
  const lines: string[][] = []
  for await (const line of linesOf(file)) if (lines.push(line) === max) break
  return lines
}

/**
 * Returns what a cell says: without the formula by which spreadsheets keep zeros (="0123"), or the sign that keeps =
 * from being one.
 */
export function cellText(cell: string): string {
  const text = cell.trim()
  const formula = /^="((?:[^"]|"")*)"$/.exec(text)
  if (formula) return formula[1].replaceAll('""', '"').trim()
  return text.replace(/^'(?=[=+\-@＝＋－＠])/, '')
}
