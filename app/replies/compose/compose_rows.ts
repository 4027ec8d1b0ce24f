import { rename, rm } from 'node:fs/promises'
import { clearCode } from '#app/core/ids'
import { JoinedPdf } from '#app/core/joined_pdf'
import type { TableRow } from '#app/core/tables/table'
import { AT_THE_SAME_TIME } from '#app/core/typesetting/children'
import { checkRow, type CheckedRow } from '#app/replies/compose/check_row'
import { printFaults } from '#app/replies/compose/typeset_parts'
import type { Letter } from '#app/replies/letter'
import type { Product } from '#app/replies/products/product'
import type { TypesetSheets } from '#app/replies/products/typeset_sheets'
import type { LetterTemplate } from '#app/replies/templates/letter_template'

/** Letters that are typeset as one document: more take memory, fewer repeat the faces of print. */
const AT_ONCE = 200
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

type Going = Extract<CheckedRow, { ok: true }>

/** Rows that are typeset together. */
interface Part {
  rows: CheckedRow[]
  going: Going[]
  /** sheets before it */
  before: number
  made: Promise<TypesetSheets | null>
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
  const begun: Part[] = []
  let sheets = 0
  try {
    let rest: CheckedRow[] = []
    const begin = () => {
      const before = begun.reduce((sum, { going }) => sum + going.length, sheets)
      begun.push(beginPart(rest, before, options))
      rest = []
    }
    async function* finish(left: number) {
      while (begun.length > left) {
        const composed = await finishPart(begun, pdf, options)
        sheets += composed.filter(({ state }) => state === 'composed').length
        yield* composed
      }
    }
    for await (const row of rows) {
      rest.push(await checkRow(row, { template, size, seen }))
      if (rest.length < AT_ONCE) continue
      begin()
      yield* finish(AT_THE_SAME_TIME)
    }
    begin()
    yield* finish(0)
    await pdf.finish()
    if (sheets > 0) await rename(unfinished, out)
  } finally {
    await pdf.close()
    await rm(unfinished, { force: true })
  }
}

/** Sends rows to be typeset, numbered as if all before them could go. */
function beginPart(rows: CheckedRow[], before: number, options: ComposeOptions): Part {
  const going = rows.flatMap((one) => (one.ok ? one : []))
  return { rows, going, before, made: typesetPart(going, before, options) }
}

/** Puts the first part away. Where one of its letters doesn't fit, it and those after it are numbered anew. */
async function finishPart(
  begun: Part[],
  pdf: JoinedPdf,
  options: ComposeOptions
): Promise<ComposedRow[]> {
  const { rows, going, before, made: first } = begun.shift()!
  const faults = faultsIn(going, await first)
  const staying = going.filter(({ row }) => !faults.has(row))
  const made = faults.size > 0 ? await typesetPart(staying, before, options) : await first
  if (faults.size > 0)
    for (const [index, part] of begun.entries())
      begun[index] = beginPart(part.rows, part.before - faults.size, options)
  if (made) await pdf.add(made.pdf)
  const places = new Map(staying.map(({ row }, index) => [row, index]))
  return rows.map((one) => {
    const index = places.get(one.row)
    if (index === undefined) {
      const reasons = one.ok ? [faults.get(one.row)!] : one.reasons
      return { row: one.row, state: 'held', reasons, pages: 0, sheet: null }
    }
    const pages = pagesOf(made!, index)
    return { row: one.row, state: 'composed', reasons: [], pages, sheet: before + index + 1 }
  })
}

/** Letters that are wrong in print, by their rows. */
function faultsIn(going: Going[], made: TypesetSheets | null): Map<number, string> {
  return new Map(
    going.flatMap(({ row }, index): [number, string][] =>
      printFaults(made!.fits[index], made!.letterPages[index]).map((fault) => [row, fault])
    )
  )
}

function pagesOf({ ranges }: TypesetSheets, index: number): number {
  return ranges[index].to - ranges[index].from + 1
}

function typesetPart(
  letters: { letter: Letter }[],
  before: number,
  { product, documentNumber, datedOn }: ComposeOptions
): Promise<TypesetSheets | null> {
  if (letters.length === 0) return Promise.resolve(null)
  const sheets = letters.map(({ letter }, index) => ({
    letter,
    sheet: { number: before + index + 1, code: clearCode(8), documentNumber, datedOn },
  }))
  const made = product.typeset!(sheets, { apart: true })
  // It is looked at when its turn comes; one that is numbered anew by then never.
  made.catch(() => {})
  return made
}
