import type { BlankPage, Rectangle } from '#app/forms/blank_page'
import type { GrayImage } from '#app/recognition/gray_image'
import { type Mat, type OpenCv, openCv, withHandles } from '#app/recognition/opencv'

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
const STROKES = { least: 0.4, most: 12 }
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

/** Finds the ruled lines of a blank form, solid and dotted; characters that are known don't count. */
export async function findLines(page: BlankPage): Promise<RuledLines> {
  const cv = await openCv()
  return withHandles((keep) => {
    const { image } = page
    const scale = image.width / page.widthMm
    const px = (mm: number) => Math.max(1, Math.round(mm * scale))
    const ink = keep(new cv.Mat(image.height, image.width, cv.CV_8UC1))
    ink.data.set(image.data.map((level) => (level < PRINTED ? 255 : 0)))
    for (const character of page.characters) blot(ink, character.ink, scale)
    const dots = dotsOf(cv, ink, px(DOT), keep)
    const apply = (from: Mat, operation: number, width: number, height: number) => {
      const to = keep(new cv.Mat())
      const kernel = keep(cv.getStructuringElement(cv.MORPH_RECT, new cv.Size(width, height)))
      cv.morphologyEx(from, to, operation, kernel)
      return to
    }
    const along = (
      width: (mm: number) => number,
      height: (mm: number) => number,
      least: number
    ) => {
      const solid = apply(ink, cv.MORPH_OPEN, width(least), height(least))
      const joined = apply(dots, cv.MORPH_CLOSE, width(BETWEEN_DOTS), height(BETWEEN_DOTS))
      const dotted = apply(joined, cv.MORPH_OPEN, width(SHORTEST_DOTTED), height(SHORTEST_DOTTED))
      const dashes = dotted.data
      solid.data.set(solid.data.map((level, index) => level | dashes[index]))
      return solid
    }
    const one = () => 1
    const across = along(px, one, SHORTEST.across)
    const down = along(one, px, SHORTEST.down)
    const [wide, high] = [
      apply(across, cv.MORPH_DILATE, px(2 * REACH), 1),
      apply(down, cv.MORPH_DILATE, 1, px(2 * REACH)),
    ]
    const [rows, columns] = [wide.data, high.data]
    const plan = rows.map((level, index) => (level | columns[index] ? 0 : 255))
    const rest = keep(new cv.Mat(image.height, image.width, cv.CV_8UC1))
    rest.data.set(ink.data.map((level, index) => (plan[index] === 0 ? 0 : level)))
    const inMm = (mat: Mat) => componentsOf(cv, mat, keep).map((box) => scaled(box, 1 / scale))
    return {
      across: inMm(across).filter((line) => line.height < 1.6),
      down: inMm(down).filter((line) => line.width < 1.6),
      plan: { data: plan, width: image.width, height: image.height },
      strokes: inMm(apply(rest, cv.MORPH_CLOSE, px(0.5), px(0.5))).filter(
        ({ width, height }) =>
          Math.max(width, height) > STROKES.least && Math.max(width, height) < STROKES.most
      ),
    }
  })
}

/** Takes a character's ink away, but not the line that it stands on. */
function blot(ink: Mat, box: Rectangle, scale: number): void {
  const left = Math.max(0, Math.floor(box.x * scale))
  const end = Math.min(ink.cols, Math.ceil((box.x + box.width) * scale))
  const top = Math.max(0, Math.floor(box.y * scale))
  const last = Math.min(ink.rows, Math.ceil((box.y + box.height) * scale))
  const { data, cols } = ink
  for (let row = top; row < last; row++) data.fill(0, row * cols + left, row * cols + end)
}

/** Only what is as small as a dot. */
function dotsOf(cv: OpenCv, ink: Mat, most: number, keep: Keep): Mat {
  const dots = keep(new cv.Mat(ink.rows, ink.cols, cv.CV_8UC1))
  const components = componentsOf(cv, ink, keep)
  // Asked for last: views into OpenCV's memory are lost when it grows.
  const [from, to] = [ink.data, dots.data]
  to.fill(0)
  for (const { x, y, width, height } of components) {
    if (Math.max(width, height) > most) continue
    for (let row = y; row < y + height; row++) {
      const start = row * ink.cols + x
      to.set(from.subarray(start, start + width), start)
    }
  }
  return dots
}

/** The rectangles around connected ink, in px. */
function componentsOf(cv: OpenCv, picture: Mat, keep: Keep): Rectangle[] {
  const [labels, stats, centers] = [keep(new cv.Mat()), keep(new cv.Mat()), keep(new cv.Mat())]
  const count = cv.connectedComponentsWithStats(picture, labels, stats, centers)
  return Array.from({ length: Math.max(0, count - 1) }, (_, index) => {
    const [x, y, width, height] = stats.data32S.subarray((index + 1) * 5, (index + 1) * 5 + 4)
    return { x, y, width, height }
  })
}

function scaled({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x * by, y: y * by, width: width * by, height: height * by }
}
