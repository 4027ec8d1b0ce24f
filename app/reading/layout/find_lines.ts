import type { BlankPage, Rectangle } from '#app/reading/layout/blank_page'
import {
  grownRuns,
  joinedRuns,
  longRuns,
  type Direction,
  type Mask,
} from '#app/reading/layout/runs'
import type { GrayImage } from '#app/reading/gray_image'
import { type Mat, type OpenCv, openCv, withHandles } from '#app/reading/opencv'

/** mm; a stroke shorter than this is no line of a form, but a character's */
const SHORTEST = { across: 2.6, down: 2.4 }
/** mm; a row of dots shorter than this is no line */
const SHORTEST_DOTTED = 8
/** mm; size of a dot or dash, and the space between two */
const DOT = 2
const BETWEEN_DOTS = 1.4
/** mm; lines that nearly meet do meet */
const REACH = 0.5
/** mm; ink of this size that is no line is a character or a drawing */
const STROKES = { least: 0.4, max: 12 }
/** px beside a line that are the line's, too: one that leans goes down in steps */
const FRINGE = 2
/** gray level below which something is printed */
const PRINTED = 175

/** The ruled lines of a page. */
export interface RuledLines {
  /** thin rectangles in mm */
  across: Rectangle[]
  down: Rectangle[]
  /** the lines alone, drawn until they meet; 0 is a line */
  plan: GrayImage
  /** what is printed otherwise and isn't among the known characters: mm */
  strokes: Rectangle[]
}

type Keep = <H extends { delete(): void }>(handle: H) => H

/**
 * Finds the ruled lines of a blank form, solid and dotted; characters that are known don't count.
 * @param shortest mm
 */
export async function findLines(page: BlankPage, shortest = SHORTEST): Promise<RuledLines> {
  const cv = await openCv()
  const { image } = page
  const { width, height } = image
  const scale = width / page.widthMm
  const px = (mm: number) => Math.max(1, Math.round(mm * scale))
  const ink: Mask = { data: image.data.map((level) => (level < PRINTED ? 255 : 0)), width, height }
  for (const character of page.characters) blot(ink, character.ink, scale)
  const dots = dotsOf(cv, ink, px(DOT))
  const along = (direction: Direction) => {
    const solid = longRuns(ink, direction, px(shortest[direction]))
    const joined = joinedRuns(dots, direction, px(BETWEEN_DOTS) - 1)
    return either(solid, longRuns(joined, direction, px(SHORTEST_DOTTED)))
  }
  const [across, down] = [along('across'), along('down')]
  const reach = px(2 * REACH) >> 1
  const met = either(grownRuns(across, 'across', reach), grownRuns(down, 'down', reach))
  const fringed = grownRuns(grownRuns(met, 'across', FRINGE), 'down', FRINGE)
  const rest = { ...ink, data: ink.data.map((level, at) => (fringed.data[at] ? 0 : level)) }
  const inMm = (mask: Mask) => componentsOf(cv, mask).map((box) => scaled(box, 1 / scale))
  return {
    across: inMm(across).filter((line) => line.height < 1.6),
    down: inMm(down).filter((line) => line.width < 1.6),
    plan: { ...met, data: met.data.map((level) => (level ? 0 : 255)) },
    strokes: inMm(closed(cv, rest, px(0.5))).filter(
      (one) =>
        Math.max(one.width, one.height) > STROKES.least &&
        Math.max(one.width, one.height) < STROKES.max
    ),
  }
}

function either(one: Mask, other: Mask): Mask {
  const data = Uint8Array.from(one.data)
  for (let at = 0; at < data.length; at++) data[at] |= other.data[at]
  return { ...one, data }
}

/** Ink that lies within so many px of other ink hangs together with it. */
function closed(cv: OpenCv, mask: Mask, by: number): Mask {
  return withHandles((keep) => {
    const to = keep(new cv.Mat())
    const kernel = keep(cv.getStructuringElement(cv.MORPH_RECT, new cv.Size(by, by)))
    cv.morphologyEx(asMat(cv, mask, keep), to, cv.MORPH_CLOSE, kernel)
    return { ...mask, data: Uint8Array.from(to.data) }
  })
}

function asMat(cv: OpenCv, { data, width, height }: Mask, keep: Keep): Mat {
  const mat = keep(new cv.Mat(height, width, cv.CV_8UC1))
  mat.data.set(data)
  return mat
}

/** Takes a character's ink away, but not the line that it stands on. */
function blot({ data, width, height }: Mask, box: Rectangle, scale: number): void {
  const left = Math.max(0, Math.floor(box.x * scale))
  const end = Math.min(width, Math.ceil((box.x + box.width) * scale))
  const top = Math.max(0, Math.floor(box.y * scale))
  const last = Math.min(height, Math.ceil((box.y + box.height) * scale))
  for (let row = top; row < last; row++) data.fill(0, row * width + left, row * width + end)
}

/** Only what is as small as a dot. */
function dotsOf(cv: OpenCv, ink: Mask, max: number): Mask {
  const dots = { ...ink, data: new Uint8Array(ink.data.length) }
  for (const { x, y, width, height } of componentsOf(cv, ink)) {
    if (Math.max(width, height) > max) continue
    for (let row = y; row < y + height; row++) {
      const start = row * ink.width + x
      dots.data.set(ink.data.subarray(start, start + width), start)
    }
  }
  return dots
}

/** The rectangles around connected ink, in px. */
function componentsOf(cv: OpenCv, mask: Mask): Rectangle[] {
  return withHandles((keep) => {
    const [labels, stats, centers] = [keep(new cv.Mat()), keep(new cv.Mat()), keep(new cv.Mat())]
    const count = cv.connectedComponentsWithStats(asMat(cv, mask, keep), labels, stats, centers)
    const all = stats.data32S
    return Array.from({ length: Math.max(0, count - 1) }, (_, index) => {
      const [x, y, width, height] = all.subarray((index + 1) * 5, (index + 1) * 5 + 4)
      return { x, y, width, height }
    })
  })
}

function scaled({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x * by, y: y * by, width: width * by, height: height * by }
}
