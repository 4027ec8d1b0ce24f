import logger from '@adonisjs/core/services/logger'
import sharp from 'sharp'
import { overlapOf, type BlankPage, type Rectangle } from '#app/reading/layout/blank_page'
import { findLines } from '#app/reading/layout/find_lines'
import { grownRuns } from '#app/reading/layout/runs'
import type { PrintedCharacter } from '#app/reading/decoding/messages'
import { cut, type Box, type GrayImage } from '#app/reading/gray_image'
import { blotsOf } from '#app/reading/ink_blots'
import type { LocatedCharacter, Recognizer } from '#app/reading/recognizer'

/** in which type of the usual sizes is read best */
const DPI = 200
/** A printed box to be ticked: mm; how much larger the character □ is than its ink; how much of a side is inked. */
const SQUARE = { least: 1.6, max: 4.5, em: 1.3 }
const FULL = 0.85
/** times its size: what stands so closely around a square makes it a part of a character */
const CLOSE = 2.6
/** px from a side within which its stroke lies */
const NEAR = 2
/** gray level of paper, and below which something is printed */
const PAPER = 255
const PRINTED = 175
/** mm; ink that hangs together over more than this is a table or a frame, no character */
const LONGER_THAN_TYPE = 6
/** share of its line's height that a character can be wide */
const WIDEST = 1.2
/** px around what is taken away */
const FRINGE = 2
/** mm; lines of text: lower ones are what is left of dotted lines */
const TYPE = { least: 1.6, max: 7 }

/**
 * Reads what is printed on a scanned blank, which doesn't tell its characters itself. Ruled lines are taken away
 * first: they lead the text engine astray.
 */
export async function withPrint(page: BlankPage, recognizer: Recognizer): Promise<BlankPage> {
  const text = await smaller(await withoutLines(page), (page.widthMm / 25.4) * DPI)
  const mm = page.widthMm / text.width
  const squares = squaresIn(text, mm)
  // Where nothing can be read, what is drawn is found all the same.
  const found = await recognizer.locate(text).catch((error: unknown) => {
    logger.warn({ err: error }, 'the print of a scanned blank could not be read')
    return []
  })
  const characters = found.flatMap((one) => asPrinted(one, text, mm))
  const read = characters.filter(
    ({ ink }) => !squares.some((square) => overlapOf(square.ink, ink) > 0.2)
  )
  return { ...page, characters: [...read, ...squares] }
}

/** A located character in mm, as a file would tell it; nothing where the engine saw something that isn't there. */
function asPrinted(
  { text, box, line }: LocatedCharacter,
  page: GrayImage,
  mm: number
): PrintedCharacter[] {
  const [y, height] = [line.top * mm, line.height * mm]
  // The engine knows a line's height better than where its last character ends.
  const found = inkIn(page, { ...box, width: Math.min(box.width, line.height * WIDEST) })
  if (!found || height < TYPE.least || height > TYPE.max) return []
  const ink = inMm(found, mm)
  return [{ text, x: ink.x, y, width: ink.width, height, ink }]
}

/** Printed boxes to be ticked, □: told by their looks, text engines take them for many things. */
function squaresIn(page: GrayImage, mm: number): PrintedCharacter[] {
  const blots = blotsOf(page, PRINTED)
  return blots
    .filter(
      ({ width, height }) =>
        width * mm > SQUARE.least &&
        width * mm < SQUARE.max &&
        Math.abs(width - height) < 0.15 * width
    )
    .filter((box) => isEmptySquare(box, page))
    .filter((box) => !blots.some((other) => frames(other, box)))
    .map((box) => {
      const ink = inMm(box, mm)
      const [width, height] = [ink.width * SQUARE.em, ink.height * SQUARE.em]
      const [x, y] = [ink.x - (width - ink.width) / 2, ink.y - (height - ink.height) / 2]
      return { text: '□', x, y, width, height, ink }
    })
}

/** Whether a blot stands closely around another, as in 回. */
function frames(outer: Box, inner: Box): boolean {
  return (
    outer.width < inner.width * CLOSE &&
    outer.height < inner.height * CLOSE &&
    outer.left < inner.left &&
    outer.top < inner.top &&
    outer.left + outer.width > inner.left + inner.width &&
    outer.top + outer.height > inner.top + inner.height
  )
}

/** Four full sides and nothing between them. */
function isEmptySquare({ left, top, width, height }: Box, page: GrayImage): boolean {
  const isInk = (x: number, y: number) => page.data[y * page.width + x] < PRINTED
  const near = Array.from({ length: NEAR }, (_, depth) => depth)
  const reach = (length: number, inked: (at: number, depth: number) => boolean) => {
    const along = Array.from({ length }, (_, at) => at)
    return along.filter((at) => near.some((depth) => inked(at, depth))).length / length
  }
  const middle = cut(page, {
    left: left + width / 4,
    top: top + height / 4,
    width: width / 2,
    height: height / 2,
  })
  return (
    reach(width, (at, depth) => isInk(left + at, top + depth)) > FULL &&
    reach(width, (at, depth) => isInk(left + at, top + height - 1 - depth)) > FULL &&
    reach(height, (at, depth) => isInk(left + depth, top + at)) > FULL &&
    reach(height, (at, depth) => isInk(left + width - 1 - depth, top + at)) > FULL &&
    middle.data.every((level) => level >= PRINTED)
  )
}

function inMm({ left, top, width, height }: Box, mm: number): Rectangle {
  return { x: left * mm, y: top * mm, width: width * mm, height: height * mm }
}

/** The part of a box in which something is printed; null where nothing is. */
function inkIn({ data, width, height }: GrayImage, box: Box): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1]
  for (let y = Math.max(0, box.top); y < Math.min(height, box.top + box.height); y++)
    for (let x = Math.max(0, box.left); x < Math.min(width, box.left + box.width); x++) {
      if (data[y * width + x] >= PRINTED) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 }
}

/** At most so many px wide. */
async function smaller({ data, width, height }: GrayImage, max: number): Promise<GrayImage> {
  const small = await sharp(data, { raw: { width, height, channels: 1 } })
    .resize({ width: Math.round(max), withoutEnlargement: true })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data: small.data, width: small.info.width, height: small.info.height }
}

/** The page without tables, frames and dotted lines. */
async function withoutLines(page: BlankPage): Promise<GrayImage> {
  const { image } = page
  const { plan } = await findLines(page, { across: LONGER_THAN_TYPE, down: LONGER_THAN_TYPE })
  const drawn = { ...plan, data: plan.data.map((level) => (level === 0 ? 255 : 0)) }
  const long = (LONGER_THAN_TYPE * image.width) / page.widthMm
  for (const { width, height, pixels } of blotsOf(image, PRINTED))
    if (Math.max(width, height) > long) for (const at of pixels) drawn.data[at] = 255
  const { data: away } = grownRuns(grownRuns(drawn, 'across', FRINGE), 'down', FRINGE)
  return { ...image, data: image.data.map((level, at) => (away[at] ? PAPER : level)) }
}
