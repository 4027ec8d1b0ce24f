import type { BlankPage, ProposedZone } from '#app/reading/layout/blank_page'
import { proposeZones } from '#app/reading/layout/propose_zones'
import { withPrint } from '#app/reading/layout/read_print'
import { skewOf, turned } from '#app/reading/layout/straighten'
import type { Decoder } from '#app/reading/decoding/decoder'
import type { Refusal } from '#app/reading/decoding/messages'
import { squareCodesIn } from '#app/reading/bar_codes'
import { cut, openPicture, type GrayImage } from '#app/reading/gray_image'
import type { Recognizer } from '#app/reading/recognizer'

/** pages of a form */
export const MAX_PAGES = 20
/** mm; the longer side of A3: nobody scans a larger sheet */
const LARGEST = 430
/** share of the width at each edge that is looked at, and gray level that paper has */
const EDGE = 0.008
const PAPER = 170
/** px around a code that belong to it */
const CODE_EDGE = 3
/** mm */
const A4 = { short: 210, long: 297 }

export type OpenedBlank = { ok: true; pages: BlankPage[] } | { ok: false; reason: Refusal }

/** `not_flat`: a photo with the desk around the sheet */
export type BlankRefusal = Refusal | 'not_flat'

export type ReadBlank =
  /** `turned`: by how much each page was set upright; degrees, clockwise */
  | { ok: true; pages: BlankPage[]; turned: number[]; zones: ProposedZone[] }
  | { ok: false; reason: BlankRefusal }

/** Is told how many pages are done, of how many. */
export type PageDone = (done: number, pages: number) => Promise<void>

/** Opens the pages of a city's own blank form (PDF or picture) as they are. */
export async function openBlank(decoder: Decoder, file: Buffer): Promise<OpenedBlank> {
  const pages: BlankPage[] = []
  const decoded = await decoder.decode(
    file,
    async ({ number, jpeg, printed }) => {
      const page = { number, image: await openPicture(jpeg), ...printed! }
      pages.push(isScan(page) ? { ...page, ...paperOf(page) } : page)
    },
    { blank: true, max: MAX_PAGES + 1 }
  )
  if (!decoded.ok) return decoded
  if (pages.length > MAX_PAGES) return { ok: false, reason: 'too_many_pages' }
  return { ok: true, pages }
}

/**
 * Opens a city's own blank form and proposes where answers go. A scan is set upright, and its print is read.
 */
export async function readBlank(
  decoder: Decoder,
  recognizer: Recognizer,
  file: Buffer,
  onPage?: PageDone
): Promise<ReadBlank> {
  const opened = await openBlank(decoder, file)
  if (!opened.ok) return opened
  const pages: BlankPage[] = []
  const angles: number[] = []
  const zones: ProposedZone[] = []
  if (opened.pages.some((page) => isScan(page) && showsDesk(page.image)))
    return { ok: false, reason: 'not_flat' }
  for (const page of opened.pages) {
    const angle = isScan(page) ? -skewOf(page.image) : 0
    const level = { ...page, image: await turned(page.image, angle) }
    const plain = await withoutCodes(level)
    pages.push(level)
    angles.push(angle)
    zones.push(...(await proposeZones(isScan(page) ? await withPrint(plain, recognizer) : plain)))
    await onPage?.(pages.length, opened.pages.length)
  }
  return { ok: true, pages, turned: angles, zones }
}

/** A code is no place to write, though its squares look like boxes to be ticked. */
async function withoutCodes(page: BlankPage): Promise<BlankPage> {
  const codes = await squareCodesIn(page.image)
  if (codes.length === 0) return page
  const { width, height } = page.image
  const data = Uint8Array.from(page.image.data)
  for (const { box } of codes) {
    const [left, right] = [box.left - CODE_EDGE, box.left + box.width + CODE_EDGE]
    for (let y = box.top - CODE_EDGE; y < box.top + box.height + CODE_EDGE; y++)
      if (y >= 0 && y < height)
        data.fill(255, y * width + Math.max(0, left), y * width + Math.min(width, right))
  }
  return { ...page, image: { ...page.image, data } }
}

/** A picture of a form tells neither its characters nor its fields. */
function isScan({ characters, fields }: BlankPage): boolean {
  return characters.length === 0 && fields.length === 0
}

/** Whether something darker than paper lies along the picture's edges, on more sides than a scanner's shadow does. */
function showsDesk({ data, width, height }: GrayImage): boolean {
  const depth = Math.round(width * EDGE)
  const sides = [
    { left: 0, top: 0, width, height: depth },
    { left: 0, top: height - depth, width, height: depth },
    { left: 0, top: 0, width: depth, height },
    { left: width - depth, top: 0, width: depth, height },
  ]
  const dark = sides.filter((side) => {
    const strip = cut({ data, width, height }, side).data
    return strip.filter((level) => level < PAPER).length > strip.length / 2
  })
  return dark.length > 2
}

/** The paper that a picture shows: files of scans are wrong about it where it would be larger than any scanner. */
function paperOf({ image, widthMm, heightMm }: BlankPage): { widthMm: number; heightMm: number } {
  if (Math.max(widthMm, heightMm) <= LARGEST) return { widthMm, heightMm }
  const upright = image.height >= image.width
  const width = upright ? A4.short : A4.long
  return { widthMm: width, heightMm: (width * image.height) / image.width }
}
