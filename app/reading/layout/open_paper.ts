import app from '@adonisjs/core/services/app'
import sharp from 'sharp'
import type { OwnPaper, PageSize, Place } from '#app/catalog/description'
import type { Paper } from '#app/catalog/own_paper'
import type { BlankPage, ProposedZone, Rectangle } from '#app/reading/layout/blank_page'
import { readBlank, type BlankRefusal, type PageDone } from '#app/reading/layout/read_blank'
import { Decoder } from '#app/reading/decoding/decoder'
import { Recognizer } from '#app/reading/recognizer'
import { SCALE } from '#app/reading/registered_page'

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

/** Measures a page (mm). */
export function sizeOf({ widthMm, heightMm }: BlankPage): PageSize {
  return { width: mm(widthMm), height: mm(heightMm) }
}

/** A page at the resolution in which pages are read (PNG, gray). */
export function asPrinted({ image, widthMm, heightMm }: BlankPage): Promise<Buffer> {
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
