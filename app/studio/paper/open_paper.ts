import app from '@adonisjs/core/services/app'
import sharp from 'sharp'
import { KitRefused } from '#app/catalog/kit_refused'
import type { OwnPaper, PageSize, Place, ServiceFiles } from '#app/catalog/description'
import type { Paper } from '#app/catalog/own_paper'
import { FORM_FILE, type ReadFile } from '#app/catalog/service_files'
import type { BlankPage, ProposedZone, Rectangle } from '#app/reading/layout/blank_page'
import {
  openBlank,
  readBlank,
  type BlankRefusal,
  type PageDone,
} from '#app/reading/layout/read_blank'
import { turned } from '#app/reading/layout/straighten'
import { Decoder } from '#app/reading/decoding/decoder'
import { Recognizer } from '#app/reading/recognizer'
import { SCALE } from '#app/reading/registered_page'

/** mm by which a page may differ from what a kit says of it */
const SAME_SIZE = 1

export type OpenedPaper =
  { ok: true; paper: Paper; ownPaper: OwnPaper } | { ok: false; reason: BlankRefusal }

/** Opens a form that a city already has, in a process of its own, and proposes where answers go. */
export async function openPaper(file: Buffer, onPage?: PageDone): Promise<OpenedPaper> {
  const decoder = new Decoder()
  try {
    const recognizer = await app.container.make(Recognizer)
    const blank = await readBlank(decoder, recognizer, file, onPage)
    if (!blank.ok) return blank
    return {
      ok: true,
      paper: { file, blanks: await Promise.all(blank.pages.map(asPrinted)) },
      ownPaper: {
        pages: blank.pages.map(sizeOf),
        ...(blank.turned.some((angle) => angle !== 0) ? { turned: blank.turned } : {}),
        places: blank.zones.map((zone, index) => asPlace(zone, index, blank.pages[zone.page - 1])),
      },
    }
  } finally {
    decoder.close()
  }
}

/**
 * The city's own form in a kit; null where the service stands on ours.
 * @throws {KitRefused} when it is missing, can't be opened, or is another form than the one described
 */
export async function paperOfKit(files: ServiceFiles, read: ReadFile): Promise<Paper | null> {
  if (!files.ownPaper) return null
  const file = await read(FORM_FILE).catch(() => {
    throw new KitRefused('no_file', FORM_FILE, 'there is no such file')
  })
  const decoder = new Decoder()
  const opened = await openBlank(decoder, file).finally(() => decoder.close())
  if (!opened.ok)
    throw new KitRefused('not_a_form', FORM_FILE, `this form can't be opened: ${opened.reason}`)
  const pages = opened.pages.map(sizeOf)
  const { pages: described, turned: angles = [] } = files.ownPaper
  const same =
    pages.length === described.length &&
    pages.every(
      (page, index) =>
        Math.abs(page.width - described[index].width) < SAME_SIZE &&
        Math.abs(page.height - described[index].height) < SAME_SIZE
    )
  if (!same) throw new KitRefused('other_form', FORM_FILE, 'this is another form')
  const blanks = opened.pages.map(async (page, index) =>
    asPrinted({ ...page, image: await turned(page.image, angles[index] ?? 0) })
  )
  return { file, blanks: await Promise.all(blanks) }
}

function sizeOf({ widthMm, heightMm }: BlankPage): PageSize {
  return { width: mm(widthMm), height: mm(heightMm) }
}

/** A page at the resolution in which pages are read (PNG, gray). */
function asPrinted({ image, widthMm, heightMm }: BlankPage): Promise<Buffer> {
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 1 } })
    .resize(Math.round(widthMm * SCALE), Math.round(heightMm * SCALE), { fit: 'fill' })
    .toColourspace('b-w')
    .png()
    .toBuffer()
}

/** A proposal, as far as it lies on the paper. */
function asPlace(zone: ProposedZone, index: number, paper: BlankPage): Place {
  const { kind, page, cells, label } = zone
  return {
    id: `p${index + 1}`,
    kind,
    page,
    ...withinPaper(zone, { width: paper.widthMm, height: paper.heightMm }),
    ...(cells ? { cells } : {}),
    label,
  }
}

/** A rectangle as far as it lies on a page; at least 1 mm. */
export function withinPaper({ x, y, width, height }: Rectangle, paper: PageSize): Rectangle {
  const left = Math.max(0, Math.min(paper.width - 1, x))
  const top = Math.max(0, Math.min(paper.height - 1, y))
  return {
    x: mm(left),
    y: mm(top),
    width: mm(Math.max(1, Math.min(paper.width, x + width) - left)),
    height: mm(Math.max(1, Math.min(paper.height, y + height) - top)),
  }
}

function mm(length: number): number {
  return Number(length.toFixed(2))
}
