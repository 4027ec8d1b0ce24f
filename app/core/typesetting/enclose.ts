/**
 * Forms that follow the pieces of a document, filled in. Node runs this file without the TypeScript loader too: only types
 * that can be stripped stand in it.
 */
import { readFile } from 'node:fs/promises'
import {
  grayscale,
  PDFDocument,
  PDFName,
  type PDFEmbeddedPage,
  type PDFFont,
  type PDFPage,
} from '@cantoo/pdf-lib'
import * as fontkit from 'fontkit'
import { TypesetFailed } from './typeset_failed.ts'

/** Something that is put onto a page of a form; points from its top left corner, as it is looked at. */
export type Drawn =
  /** x and y: where its base line begins; `face`: which of the font files */
  | { page: number; x: number; y: number; text: string; size: number; face: number }
  /** x and y: its middle */
  | { page: number; x: number; y: number; rx: number; ry: number }

/** A form behind a piece. */
export interface EnclosedForm {
  /** which of the files */
  form: number
  drawn: Drawn[]
  /** a line at the foot of each page, by which it is told whose it is */
  foot: string
}

export interface Enclosing {
  /** the mark that stands on each piece: its first and last page */
  label: string
  /** PDFs, and how large their pages are printed (pt) */
  forms: { pdf: Uint8Array; pages: { width: number; height: number }[] }[]
  /** paths of the font files */
  faces: string[]
  /** for each piece, in their order; null where nothing follows */
  pieces: (EnclosedForm | null)[]
}

interface BlankPage {
  /** nothing is on it where there is none */
  page: PDFEmbeddedPage | undefined
  /** of the printed page (pt), and by how much its own is scaled for that */
  width: number
  height: number
  scale: { xScale: number; yScale: number }
}

/** pt */
const FOOT = { size: 7, right: 20, bottom: 17 }
const LINE = 0.9
const BLACK = grayscale(0)

/**
 * Puts each form behind its piece. A form is in the file once, however often it follows.
 * @param ranges first and last page of each piece, from 1
 * @throws {TypesetFailed} where a form can't be used
 */
export async function enclose(
  pdf: Uint8Array,
  ranges: { from: number; to: number }[],
  { forms, faces, pieces }: Enclosing
): Promise<{ pdf: Buffer; pages: number }> {
  const made = await PDFDocument.load(pdf, { updateMetadata: false })
  const whole = await PDFDocument.create()
  whole.registerFontkit(fontkit)
  const pages = await whole.copyPages(made, made.getPageIndices())
  const blanks = await Promise.all(
    forms.map((form) =>
      blankPages(whole, form).catch((error) => {
        throw new TypesetFailed('A form behind a letter can’t be used', { cause: error })
      })
    )
  )
  const fonts: (PDFFont | undefined)[] = []
  const fontOf = async (face: number) =>
    (fonts[face] ??= await whole.embedFont(await readFile(faces[face]), { subset: true }))
  for (const [index, { from, to }] of ranges.entries()) {
    for (const page of pages.slice(from - 1, to)) whole.addPage(page)
    const piece = pieces[index]
    if (!piece) continue
    for (const [number, blank] of blanks[piece.form].entries()) {
      const page = whole.addPage([blank.width, blank.height])
      if (blank.page) page.drawPage(blank.page, blank.scale)
      for (const one of piece.drawn)
        if (one.page === number + 1)
          put(page, one, 'face' in one ? await fontOf(one.face) : undefined)
      const foot = await fontOf(0)
      page.drawText(piece.foot, {
        x: blank.width - FOOT.right - foot.widthOfTextAtSize(piece.foot, FOOT.size),
        y: FOOT.bottom,
        size: FOOT.size,
        font: foot,
      })
    }
  }
  return { pdf: Buffer.from(await whole.save()), pages: whole.getPageCount() }
}

function put(page: PDFPage, one: Drawn, font: PDFFont | undefined): void {
  const y = page.getHeight() - one.y
  if ('text' in one) page.drawText(one.text, { x: one.x, y, size: one.size, font })
  else
    page.drawEllipse({
      ...{ x: one.x, y, xScale: one.rx, yScale: one.ry },
      ...{ borderWidth: LINE, borderColor: BLACK },
    })
}

/** The pages of a form as they are looked at: upright, and no more of them than is shown. */
async function blankPages(
  whole: PDFDocument,
  { pdf, pages }: Enclosing['forms'][number]
): Promise<BlankPage[]> {
  const file = await PDFDocument.load(pdf, { updateMetadata: false })
  if (file.catalog.getAcroForm()?.dict.has(PDFName.of('XFA')))
    throw new Error('Its pages are drawn by a program (XFA)')
  // What its fields look like belongs to its pages.
  file.getForm().flatten()
  return Promise.all(
    file.getPages().map(async (page, index): Promise<BlankPage> => {
      const { x: left, y: bottom, width, height } = page.getCropBox()
      const [right, top] = [left + width, bottom + height]
      const turn = ((page.getRotation().angle % 360) + 360) % 360
      const box = { left, bottom, right, top }
      const upright = {
        0: [1, 0, 0, 1, -left, -bottom],
        90: [0, -1, 1, 0, -bottom, right],
        180: [-1, 0, 0, -1, right, top],
        270: [0, 1, -1, 0, top, -left],
      }[turn] as [number, number, number, number, number, number]
      const lies = turn === 90 || turn === 270
      const own = lies ? { width: height, height: width } : { width, height }
      const printed = pages[index] ?? own
      const embedded = page.node.Contents() && (await whole.embedPage(page, box, upright))
      // Where it can't be, that is said now, and not when all is written.
      await embedded?.embed()
      return {
        page: embedded,
        ...printed,
        scale: { xScale: printed.width / own.width, yScale: printed.height / own.height },
      }
    })
  )
}
