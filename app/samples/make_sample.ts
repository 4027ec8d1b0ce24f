import { PDFDocument } from '@cantoo/pdf-lib'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import sharp from 'sharp'
import type { Description } from '#app/catalog/description'
import { typesetForm } from '#app/catalog/typeset_form'
import { typeset } from '#app/shared/typesetter'
import { inventAnswers } from '#app/samples/people'
import { type Hand, writeAnswers } from '#app/samples/ink'
import { Random } from '#app/samples/random'
import { lookScanned, overlay, type Raster } from '#app/samples/scan_look'

const HANDS = ['Klee One', 'Yomogi', 'Zen Kurenaido']
const PIXELS = { width: 1654, height: 2339 }
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
  const values = { ...inventAnswers(random, today), ...given }
  const ink = writeAnswers(description, values, inventHand(random), random)
  const copy = Array.from({ length: 10 }, () => random.pick([...CODE_CHARACTERS])).join('')
  const form = await typesetForm(description, version, [copy])
  const handwriting = await typeset('ink.typ', { pages: ink }, { tagged: false })
  const [prints, inks] = [await rasterize(form.pdf), await rasterize(handwriting.pdf)]
  const pages: Buffer[] = []
  for (const [index, print] of prints.entries())
    pages.push(await lookScanned(overlay(print, inks[index]), random))
  return { pages, values }
}

/** One in ten overruns a box, one in twenty is struck out and rewritten. */
function inventHand(random: Random): Hand {
  const box = random.pick(['name_kana', 'name', 'address', 'watchword'])
  const fault = random.next()
  return {
    face: random.pick(HANDS),
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

let pdfium: Promise<PDFiumLibrary> | undefined

/** The pages of a PDF of ours in gray, 200 dpi. */
export async function rasterize(pdf: Buffer): Promise<Raster[]> {
  const wasm = createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')
  pdfium ??= readFile(wasm).then((binary) =>
    PDFiumLibrary.init({ wasmBinary: new Uint8Array(binary).buffer })
  )
  const document = await (await pdfium).loadDocument(pdf)
  try {
    const rasters: Raster[] = []
    for (let index = 0; index < document.getPageCount(); index++) {
      const page = await document
        .getPage(index)
        .render({ colorSpace: 'Gray', scale: 1, render: 'bitmap', ...PIXELS })
      rasters.push({ data: Buffer.from(page.data), ...PIXELS })
    }
    return rasters
  } finally {
    document.destroy()
  }
}
