import { rename, rm } from 'node:fs/promises'
import { clearCode } from '#app/core/ids'
import { JoinedPdf } from '#app/core/joined_pdf'
import type { TableRow } from '#app/core/tables/table'
import { checkRow, type CheckedRow } from '#app/replies/compose/check_row'
import type { Letter } from '#app/replies/letter'
import type { Product, SheetToPrint } from '#app/replies/products/product'
import type { LetterTemplate } from '#app/replies/templates/letter_template'

/** Letters that are typeset as one document: more take memory, fewer repeat the faces of print. */
const AT_ONCE = 200
/** Nobody encloses more by hand; a cell that makes more isn't meant for a letter. */
const MAX_PAGES = 4

/** The outcome of a row. */
export interface ComposedRow {
  /** as a spreadsheet counts */
  row: number
  state: 'composed' | 'held'
  /** why it is held: `column: problem` */
  reasons: string[]
  pages: number
  /** number in the stack, from 1; null where it is held */
  sheet: number | null
}

export interface ComposeOptions {
  template: LetterTemplate
  product: Product
  size: Letter['size']
  /** given by the city's document system, where the template bears one */
  documentNumber: string | null
  /** YYYY-MM-DD */
  datedOn: string
  /** the PDF; it is there once all is in it */
  out: string
}

/**
 * Makes one PDF of letters from the rows of a list, part by part: numbered sheets without a gap, each with a code of its
 * own. Rows with a doubt are held, and the next takes their number.
 * @throws what the disk says; then there is no PDF
 */
export async function* composeRows(
  rows: AsyncIterable<TableRow>,
  options: ComposeOptions
): AsyncGenerator<ComposedRow> {
  const { template, size, out } = options
  const unfinished = `${out}.part`
  const pdf = await JoinedPdf.create(unfinished)
  const seen = new Map<string, number>()
  let sheets = 0
  try {
    let part: CheckedRow[] = []
    const compose = async () => {
      const composed = await composePart(part, pdf, sheets, options)
      sheets += composed.filter(({ state }) => state === 'composed').length
      part = []
      return composed
    }
    for await (const row of rows) {
      part.push(await checkRow(row, { template, size, seen }))
      if (part.length === AT_ONCE) yield* await compose()
    }
    yield* await compose()
    await pdf.finish()
    if (sheets > 0) await rename(unfinished, out)
  } catch (error) {
    await pdf.abandon()
    throw error
  } finally {
    await rm(unfinished, { force: true })
  }
}

async function composePart(
  part: CheckedRow[],
  pdf: JoinedPdf,
  before: number,
  options: ComposeOptions
): Promise<ComposedRow[]> {
  const faults = new Map<number, string>()
  const letters = part.flatMap((one) => (one.ok ? one : []))
  let going = letters
  let made = await typesetPart(going, before, options)
  const wrong = going.filter(({ row }, index) => {
    const pages = made!.ranges[index].to - made!.ranges[index].from + 1
    if (!made!.fits[index]) faults.set(row, '住所: window')
    else if (pages > MAX_PAGES) faults.set(row, `pages: ${pages}`)
    return faults.has(row)
  })
  if (wrong.length > 0) {
    going = letters.filter(({ row }) => !faults.has(row))
    made = await typesetPart(going, before, options)
  }
  if (made) await pdf.add(made.pdf)
  return part.map((one) => {
    const index = going.findIndex(({ row }) => row === one.row)
    if (index < 0)
      return {
        row: one.row,
        state: 'held',
        reasons: one.ok ? [faults.get(one.row)!] : one.reasons,
        pages: 0,
        sheet: null,
      }
    const { from, to } = made!.ranges[index]
    return {
      row: one.row,
      state: 'composed',
      reasons: [],
      pages: to - from + 1,
      sheet: before + index + 1,
    }
  })
}

async function typesetPart(
  letters: { letter: Letter }[],
  before: number,
  { product, documentNumber, datedOn }: ComposeOptions
) {
  if (letters.length === 0) return null
  const sheets: SheetToPrint[] = letters.map(({ letter }, index) => ({
    letter,
    sheet: { number: before + index + 1, code: clearCode(8), documentNumber, datedOn },
  }))
  return product.typeset!(sheets, {})
}
