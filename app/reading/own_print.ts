import type { Zone } from '#app/catalog/description'
import { cut, type Box, type GrayImage } from '#app/reading/gray_image'
import { SCALE } from '#app/reading/registered_page'

/** Darker than this is print on a blank page. */
const PRINT = 200
/** px; what lies this near to print may be print that was shifted or swollen */
const SWOLLEN = 3
/** px; how far a zone may lie from where it should */
const SHIFT = 9
/** mm around a zone whose print tells where it lies */
const AROUND = 3
/** Less of the form's own print than this is another form, or half of this one. */
export const OWN_PRINT = 0.72
/** Level of a leveled page: what is darker is ink. */
export const INK = 176

/** A leveled page laid out as printed, beside the blank form that it was printed from. */
export interface LaidOut {
  page: GrayImage
  blank: GrayImage
}

/** A window of the page: what was written there alone, and where it lies. */
export interface Written {
  /** the page's window with the form's own print taken away */
  picture: GrayImage
  /** where a place in mm lies in the window: px */
  place(mm: { x: number; y: number; width: number; height: number }): Box
}

/**
 * Cuts a window around zones and takes the form's own print away. Paper is never quite flat: the print around the
 * zones says how far they lie from where they should.
 */
export function writtenAt(laidOut: LaidOut, zones: Zone[], margin: number): Written {
  const x = Math.min(...zones.map((zone) => zone.x)) - margin
  const y = Math.min(...zones.map((zone) => zone.y)) - margin
  const width = Math.max(...zones.map((zone) => zone.x + zone.width)) + margin - x
  const height = Math.max(...zones.map((zone) => zone.y + zone.height)) + margin - y
  const box = whole(
    { left: x * SCALE, top: y * SCALE, width: width * SCALE, height: height * SCALE },
    laidOut.blank
  )
  const shift = shiftOf(laidOut, box)
  const raw = cutShifted(laidOut.page, box, shift)
  const blank = cut(laidOut.blank, box)
  return {
    picture: withoutPrint(raw, blank),
    place: (mm) => ({
      left: mm.x * SCALE - box.left,
      top: mm.y * SCALE - box.top,
      width: mm.width * SCALE,
      height: mm.height * SCALE,
    }),
  }
}

/**
 * Share of the form's own print that is on the page where it should be, 0 to 1: little of a form that isn't this one,
 * or of which half is missing.
 */
export function printShare({ page, blank }: LaidOut): number {
  let print = 0
  let met = 0
  for (let y = 8; y < blank.height - 8; y += 5) {
    for (let x = 8; x < blank.width - 8; x += 3) {
      if (blank.data[y * blank.width + x] >= 128) continue
      print++
      if (darkNear(page, x, y)) met++
    }
  }
  return print === 0 ? 0 : met / print
}

function darkNear({ data, width, height }: GrayImage, x: number, y: number): boolean {
  for (let dy = -6; dy <= 6; dy += 2) {
    for (let dx = -6; dx <= 6; dx += 2) {
      const [column, row] = [x + dx, y + dy]
      if (
        column >= 0 &&
        row >= 0 &&
        column < width &&
        row < height &&
        data[row * width + column] < 190
      )
        return true
    }
  }
  return false
}

/** The shift (px) at which most of the print around a window lies on dark paper. */
function shiftOf({ page, blank }: LaidOut, box: Box): { x: number; y: number } {
  const around = whole(
    {
      left: box.left - AROUND * SCALE,
      top: box.top - AROUND * SCALE,
      width: box.width + 2 * AROUND * SCALE,
      height: box.height + 2 * AROUND * SCALE,
    },
    blank
  )
  const points = edgesOf(blank, around)
  if (points.length < 60) return { x: 0, y: 0 }
  let best = { x: 0, y: 0, score: scoreAt(page, points, 0, 0) + points.length * 2 }
  const consider = (x: number, y: number) => {
    const score = scoreAt(page, points, x, y)
    if (score > best.score) best = { x, y, score }
  }
  for (let y = -SHIFT; y <= SHIFT; y += 3) for (let x = -SHIFT; x <= SHIFT; x += 3) consider(x, y)
  const coarse = best
  for (let y = coarse.y - 2; y <= coarse.y + 2; y++)
    for (let x = coarse.x - 2; x <= coarse.x + 2; x++) consider(x, y)
  return best
}

/** Places of print, each with a place of paper right beside it: only true edges tell a shift. */
function edgesOf(blank: GrayImage, box: Box): { print: number; paper: number }[] {
  const points: { print: number; paper: number }[] = []
  const { data, width } = blank
  const step = box.width * box.height > 120_000 ? 2 : 1
  for (let y = box.top + 4; y < box.top + box.height - 4; y += step) {
    for (let x = box.left + 4; x < box.left + box.width - 4; x++) {
      const at = y * width + x
      if (data[at] >= 128) continue
      for (const away of [4, -4, 4 * width, -4 * width])
        if (data[at + away] > 230) points.push({ print: at, paper: at + away })
    }
  }
  const max = 1_500
  return points.length <= max
    ? points
    : points.filter((_, index) => index % Math.ceil(points.length / max) === 0)
}

function scoreAt(
  page: GrayImage,
  points: { print: number; paper: number }[],
  x: number,
  y: number
): number {
  const offset = y * page.width + x
  let score = 0
  for (const { print, paper } of points) {
    const [dark, light] = [page.data[print + offset], page.data[paper + offset]]
    if (dark !== undefined && light !== undefined) score += light - dark
  }
  return score
}

function cutShifted(page: GrayImage, box: Box, shift: { x: number; y: number }): GrayImage {
  const data = new Uint8Array(box.width * box.height).fill(255)
  for (let row = 0; row < box.height; row++) {
    const y = box.top + row + shift.y
    if (y < 0 || y >= page.height) continue
    for (let column = 0; column < box.width; column++) {
      const x = box.left + column + shift.x
      if (x >= 0 && x < page.width) data[row * box.width + column] = page.data[y * page.width + x]
    }
  }
  return { data, width: box.width, height: box.height }
}

function withoutPrint(page: GrayImage, blank: GrayImage): GrayImage {
  const { width, height } = page
  const near = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (blank.data[y * width + x] >= PRINT) continue
      for (let row = Math.max(0, y - SWOLLEN); row <= Math.min(height - 1, y + SWOLLEN); row++)
        near.fill(
          1,
          row * width + Math.max(0, x - SWOLLEN),
          row * width + Math.min(width, x + SWOLLEN + 1)
        )
    }
  }
  return { width, height, data: page.data.map((level, index) => (near[index] ? 255 : level)) }
}

/** Whole px, inside the page. */
function whole(box: Box, page: GrayImage): Box {
  const left = Math.max(0, Math.round(box.left))
  const top = Math.max(0, Math.round(box.top))
  return {
    left,
    top,
    width: Math.min(page.width - left, Math.round(box.width)),
    height: Math.min(page.height - top, Math.round(box.height)),
  }
}
