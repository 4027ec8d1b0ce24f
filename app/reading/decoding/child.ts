/**
 * The decoding child: the only place where files from outside are opened. It has no keys and no
 * database; it gets a file and gives pages. It may be killed at any time. Node runs it as it is, without the
 * TypeScript loader: only types that can be stripped stand in it and in what it imports.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PDFiumLibrary, type PDFiumDocument, type PDFiumPage } from '@hyzyla/pdfium'
import sharp, { type Sharp } from 'sharp'
import type { DecodeAnswer, DecodeRequest, PageTaken, PrintedPage, Refusal } from './messages.ts'
import { MAX_PAGES } from '../limits.ts'
import { becomeOwnUser } from './own_user.ts'
import { PrintedText, type PdfiumText } from './printed_text.ts'
import { tiffPages, type TiffPage } from './tiff_pages.ts'

const DPI = 200
/** blank forms are measured: their lines must be sharp */
const BLANK_DPI = 300
const BLANK_MAX_SIDE = 5_200
const A4 = { short: 210, long: 297 }
/** no page becomes larger than this, whatever its file says (px) */
const MAX_PIXELS = 40_000_000
/** the longest side of a page that we keep: A4 at 200 dpi and a margin */
const MAX_SIDE = 2_700

sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadTiff'] })
sharp.cache(false)
sharp.concurrency(1)
const wasm = new Uint8Array(
  readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'))
)
becomeOwnUser()

class Refused extends Error {
  readonly reason: Refusal

  constructor(reason: Refusal) {
    super(reason)
    this.reason = reason
  }
}

let pdfium: Promise<PDFiumLibrary> | undefined

process.on('message', async (message: DecodeRequest | PageTaken) => {
  if (!('file' in message)) return
  answer({ kind: 'begun' })
  try {
    const { file, blank = false, from = 1, max = MAX_PAGES } = message
    await decode(Buffer.from(file), { blank, from, max })
  } catch (error) {
    answer({ kind: 'refused', reason: reasonOf(error) })
  }
})
process.on('disconnect', () => process.exit(0))

/** The picture library's words for a picture of more pixels than it was allowed. */
const PIXELS = /exceeds pixel limit/
/** PDFium ends with a bare abort, and says before on the console alone that it got no more memory. */
let gotNoMemory = false
console.error = (text: unknown) => {
  gotNoMemory ||= MEMORY.test(String(text))
}

/** The words of PDFium, the picture library and JavaScript when they get no more memory. */
const MEMORY =
  /out of memory|cannot enlarge memory|OOM|memory\.grow|allocation failed|Invalid typed array length/i

function reasonOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.reason
  if (!(error instanceof Error)) return 'broken'
  if (PIXELS.test(error.message)) return 'too_many_pixels'
  return gotNoMemory || MEMORY.test(error.message) ? 'too_heavy' : 'broken'
}

/** The pages that are asked for, and whether as a blank form. */
type Wanted = Required<Pick<DecodeRequest, 'blank' | 'from' | 'max'>>

async function decode(file: Buffer, wanted: Wanted): Promise<void> {
  if (file.length === 0) throw new Refused('empty')
  if (file.subarray(0, 1024).includes('%PDF-')) return decodePdf(file, wanted)
  const tiff = tiffPages(file, MAX_PAGES + 1)
  if (tiff) return decodeTiff(file, tiff, wanted)
  const isJpeg = file[0] === 0xff && file[1] === 0xd8
  const isPng = file.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))
  if (!isJpeg && !isPng) throw new Refused('not_a_scan')
  const { density, format } = await sharp(file).metadata()
  // Cameras write 72 or 96 and mean nothing by it.
  const told = density && density >= 100 && format !== 'heif' ? density : null
  await hand(1, picture(file, 0), told, wanted.blank ? nothingKnown : undefined)
  done(1)
}

/** A picture tells neither its size nor its characters: a page as wide as A4, lying or upright. */
const nothingKnown: Printed = ({ width, height }) => {
  const widthMm = width > height ? A4.long : A4.short
  return { widthMm, heightMm: (widthMm * height) / width, characters: [], fields: [] }
}

async function decodePdf(file: Buffer, { blank, from, max }: Wanted): Promise<void> {
  const library = await (pdfium ??= PDFiumLibrary.init({ wasmBinary: wasm.buffer }))
  const document = await library.loadDocument(file).catch((error: Error) => {
    throw /password|security/i.test(error.message) ? new Refused('password') : error
  })
  try {
    const pages = document.getPageCount()
    if (pages === 0) throw new Refused('broken')
    if (pages > MAX_PAGES) throw new Refused('too_many_pages')
    for (let index = from - 1; index < Math.min(pages, max); index++) {
      const page = document.getPage(index)
      const { originalWidth, originalHeight } = page.getOriginalSize()
      if (!(originalWidth > 0 && originalHeight > 0)) throw new Refused('broken')
      const [dpi, side] = blank ? [BLANK_DPI, BLANK_MAX_SIDE] : [DPI, MAX_SIDE]
      const scale = Math.min(dpi / 72, side / Math.max(originalWidth, originalHeight))
      const [width, height] = [
        Math.max(1, Math.round(originalWidth * scale)),
        Math.max(1, Math.round(originalHeight * scale)),
      ]
      // Rendering closes the page: what is printed is asked first.
      const printed = blank
        ? printedOn(library, document, page, originalWidth, originalHeight)
        : undefined
      const { data } = await page.render({
        colorSpace: 'Gray',
        scale: 1,
        width,
        height,
        render: 'bitmap',
      })
      await hand(
        index + 1,
        sharp(data, { raw: { width, height, channels: 1 } }),
        scale * 72,
        printed && (() => printed)
      )
    }
    done(pages)
  } finally {
    document.destroy()
  }
}

/** Reads what the PDF itself says of a page; the library's class keeps PDFium's own functions to itself. */
function printedOn(
  library: PDFiumLibrary,
  document: PDFiumDocument,
  page: PDFiumPage,
  points: number,
  pointsHigh: number
): PrintedPage {
  const size = { width: (points * 25.4) / 72, height: (pointsHigh * 25.4) / 72 }
  const own = library['module'] as unknown as PdfiumText
  const form = () => document.initializeFormFields()
  const printed = new PrintedText(own, page['pageIdx'], size, form)
  return {
    widthMm: size.width,
    heightMm: size.height,
    characters: printed.characters(),
    fields: printed.fields(),
  }
}

async function decodeTiff(
  file: Buffer,
  { pages, damaged }: { pages: TiffPage[]; damaged: boolean },
  { blank, from, max }: Wanted
): Promise<void> {
  if (damaged || pages.length === 0) throw new Refused('broken')
  if (pages.length > MAX_PAGES) throw new Refused('too_many_pages')
  for (const [index, page] of pages.entries()) {
    if (index + 1 < from || index >= max) continue
    await hand(
      index + 1,
      squarePixels(picture(file, index), page),
      Math.max(page.dpiX ?? 0, page.dpiY ?? 0) || null,
      blank ? nothingKnown : undefined
    )
  }
  done(pages.length)
}

/** One page of a picture file in upright gray; transparent paper is white. */
function picture(file: Buffer, page: number) {
  return sharp(file, { page, failOn: 'truncated', limitInputPixels: MAX_PIXELS })
    .autoOrient()
    .flatten({ background: '#fff' })
    .grayscale()
}

/** Faxes are twice as fine along as across. */
function squarePixels(image: Sharp, { width, height, dpiX, dpiY }: TiffPage) {
  if (!dpiX || !dpiY || Math.abs(dpiX - dpiY) < 10 || dpiX / dpiY > 4 || dpiY / dpiX > 4)
    return image
  const dpi = Math.max(dpiX, dpiY)
  return image.resize({
    width: Math.round((width * dpi) / dpiX),
    height: Math.round((height * dpi) / dpiY),
    fit: 'fill',
  })
}

/** The print of a page, by the size of its picture (px) as it is sent: turned upright, with square pixels. */
type Printed = (picture: { width: number; height: number }) => PrintedPage

/** Sends a page, and waits until the parent has put it away. */
async function hand(
  number: number,
  image: Sharp,
  dpi: number | null,
  printed?: Printed
): Promise<void> {
  const side = printed ? BLANK_MAX_SIDE : MAX_SIDE
  const whole = await image
    .toColourspace('b-w')
    .png({ compressionLevel: 0 })
    .toBuffer({ resolveWithObject: true })
  const sized = sharp(whole.data)
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .toColourspace('b-w')
  const { data, info } = await (
    printed ? sized.png({ compressionLevel: 3 }) : sized.jpeg({ quality: 88 })
  ).toBuffer({ resolveWithObject: true })
  const taken = new Promise<void>((resolve) => {
    const listen = (message: PageTaken | DecodeRequest) => {
      if (!('taken' in message) || message.taken !== number) return
      process.off('message', listen)
      resolve()
    }
    process.on('message', listen)
  })
  answer({
    kind: 'page',
    number,
    jpeg: data,
    width: info.width,
    height: info.height,
    dpi: dpi && (dpi * info.width) / whole.info.width,
    printed: printed?.(info),
  })
  await taken
}

function done(pages: number): void {
  answer({ kind: 'done', pages, rssMb: process.memoryUsage.rss() / 2 ** 20 })
}

function answer(message: DecodeAnswer): void {
  process.send?.(message)
}
