import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import type { Description } from '#app/catalog/description'
import { typesetForm } from '#app/catalog/typeset_form'
import { rasterize, type Raster } from '#app/core/rasterize'
import { typeset } from '#app/core/typesetter'
import { inventFor } from '#app/samples/people'
import { type Hand, type InkPage, MARK_STYLES, writeAnswers } from '#app/samples/ink'
import { Random } from '#app/core/random'
import { lookScanned, overlay } from '#app/samples/scan_look'

/** Faces that look written by hand. */
export const HANDS = [
  'Klee One',
  'Yomogi',
  'Zen Kurenaido',
  'Yusei Magic',
  'Hachi Maru Pop',
  'Slackside One',
  'Yuji Mai',
  'Darumadrop One',
] as const
const CODE_CHARACTERS = 'ACDEFHJKLMNPQRTUVWXY3479'

export interface Sample {
  /** one JPEG a page, 200 dpi */
  pages: Buffer[]
  /** the truth: normalized value by field */
  values: Record<string, string>
}

/** Fills in and "scans" one form of a service. The same seed and day make the same sample. */
export async function makeSample(
  description: Description,
  version: number,
  seed: number,
  today: string,
  given: Record<string, string> = {}
): Promise<Sample> {
  const random = new Random(seed)
  const values = { ...inventFor(description, random, today), ...given }
  const hand = inventHand(random)
  const papers = await fillIn(description, version, values, hand, random, 200)
  const pages: Buffer[] = []
  for (const paper of papers) pages.push(await lookScanned(paper, random))
  return { pages, values }
}

/** Fills in one copy of a service's form: its pages as they lie on the table. */
export async function fillIn(
  description: Description,
  version: number,
  values: Record<string, string>,
  hand: Hand,
  random: Random,
  dpi: number
): Promise<Raster[]> {
  const ink = writeAnswers(description, values, hand, random)
  const copy = Array.from({ length: 10 }, () => random.pick([...CODE_CHARACTERS])).join('')
  const form = await typesetForm(description, version, [copy])
  return writeOn(await rasterize(form.pdf, dpi), ink, dpi)
}

/** Lays handwriting on blank pages, ours or a city's own. */
export async function writeOn(blanks: Raster[], ink: InkPage[], dpi: number): Promise<Raster[]> {
  const handwriting = await typeset('ink.typ', { pages: ink }, { tagged: false })
  const inks = await rasterize(handwriting.pdf, dpi)
  return blanks.map((blank, index) => overlay(blank, inks[index]))
}

/** One in ten overruns a box, one in twenty is struck out and rewritten. */
export function inventHand(random: Random): Hand {
  const box = random.pick(['name_kana', 'name', 'address', 'watchword'])
  const fault = random.next()
  return {
    face: random.pick(HANDS),
    mark: random.pick(MARK_STYLES),
    overruns: fault < 0.1 ? box : undefined,
    struck: fault >= 0.1 && fault < 0.15 ? box : undefined,
  }
}

/** The pages of one or more samples as one PDF. */
export async function asPdf(pages: Buffer[]): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  for (const page of pages) {
    const image = await pdf.embedJpg(page)
    pdf.addPage([595.28, 841.89]).drawImage(image, { x: 0, y: 0, width: 595.28, height: 841.89 })
  }
  return Buffer.from(await pdf.save())
}

/** The pages as one TIFF of several pages. */
export async function asTiff(pages: Buffer[]): Promise<Buffer> {
  return sharp(pages, { join: { animated: true } })
    .tiff({ compression: 'jpeg', quality: 80, xres: 200 / 25.4, yres: 200 / 25.4 })
    .toBuffer()
}
