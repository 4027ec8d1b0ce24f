import type { Zone } from '#app/catalog/description'
import type { ReadingMode } from '#app/catalog/fields/field_kind'
import { inset, outer } from '#app/reading/boxes'
import { doubtOfWriting } from '#app/reading/doubt_writing'
import { cut, prepareLine, type Box, type GrayImage } from '#app/reading/gray_image'
import { alone, blotsOf, type Blot } from '#app/reading/ink_blots'
import type { Opinions } from '#app/reading/opinion'
import { INK, writtenAt, type LaidOut } from '#app/reading/own_print'
import { readCells, readLooseDigits } from '#app/reading/read_digits'
import { hasPaleStroke } from '#app/reading/pale_stroke'
import type { Recognizer } from '#app/reading/recognizer'
import { SCALE } from '#app/reading/registered_page'

/** mm inside a box's frame that are left out, and around it within which writing may run over */
const FRAME = 0.6
const AROUND = 2.4
/** mm; smaller is dirt, in a cell and in a box */
const DIRT = 0.9
/** px; height of a line, and of white around it that the engine wants */
const LINE_HEIGHT = 60
const LINE_MARGIN = 24
/** mm; higher writing is more than one line */
const ONE_LINE = 12
/** Level that no paper has, and the share of it that may be writing too faint to read. */
const FAINT = 222
const FAINT_SHARE = 0.012

export interface ReadWriting extends Opinions {
  blank: boolean
}

/**
 * Reads what is written in a box, or in the cells of a comb: one character each.
 * @param turned reads a box as if it had been filled in upside down
 */
export async function readWriting(
  laidOut: LaidOut,
  zones: Zone[],
  how: ReadingMode & { fromTheRight?: boolean },
  recognizer: Recognizer,
  turned = false
): Promise<ReadWriting> {
  const written = writtenAt(laidOut, zones, AROUND)
  const blots = blotsOf(written.picture, INK).filter(
    (blot) => Math.max(blot.width, blot.height) >= DIRT * SCALE
  )
  const inside = zones.map((zone) => {
    const box = inset(written.place(zone), FRAME * SCALE)
    return { box, blots: blots.filter((blot) => reaches(blot, box)) }
  })
  const own = [...new Set(inside.flatMap((one) => one.blots))]
  if (own.length === 0) {
    const faint = inside.some(
      ({ box }) =>
        faintShare(written.picture, box) > FAINT_SHARE || hasPaleStroke(written.picture, box)
    )
    return {
      text: '',
      confidence: 1,
      blank: true,
      opinions: [],
      doubt: faint ? 'faint' : undefined,
    }
  }
  const doubt = doubtOfWriting(
    own,
    inside.map((one) => one.box),
    written.picture
  )
  const read =
    zones[0].part === 'cell'
      ? await readCells(
          inside,
          written.picture,
          FRAME * SCALE,
          recognizer,
          how.fromTheRight ?? false
        )
      : await readBox(own, how, written.picture, recognizer, turned)
  return { ...read, blank: false, doubt: doubt ?? read.doubt }
}

async function readBox(
  blots: Blot[],
  how: ReadingMode,
  picture: GrayImage,
  recognizer: Recognizer,
  turned: boolean
): Promise<Opinions> {
  if (how.of === 'digits' && how.loose) return readLooseDigits(blots, picture, recognizer)
  const upright = cut(alone(picture, blots), outer(blots))
  const ink = turned ? upsideDown(upright) : upright
  const block = ink.height > ONE_LINE * SCALE && !('oneLine' in how && how.oneLine)
  const line = await prepareLine(ink, block ? ink.height : LINE_HEIGHT, LINE_MARGIN)
  const { text, confidence } = await recognizer.read(line, { expects: block ? 'block' : 'line' })
  const found = text.replace(/\n/g, '')
  return {
    text: found,
    confidence,
    opinions: [{ engine: recognizer.engine, text: found, confidence }],
  }
}

function upsideDown({ data, width, height }: GrayImage): GrayImage {
  return { data: Uint8Array.from(data).reverse(), width, height }
}

function reaches(blot: Blot, box: Box): boolean {
  const [width, height] = [
    Math.min(blot.left + blot.width, box.left + box.width) - Math.max(blot.left, box.left),
    Math.min(blot.top + blot.height, box.top + box.height) - Math.max(blot.top, box.top),
  ]
  return width > 0 && height > 0 && width * height >= 0.3 * Math.min(blot.width * blot.height, 400)
}

function faintShare(picture: GrayImage, box: Box): number {
  const window = cut(picture, box)
  return window.data.filter((level) => level < FAINT).length / window.data.length
}
