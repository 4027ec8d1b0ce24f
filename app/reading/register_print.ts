import type { GrayImage } from '#app/reading/gray_image'
import { cut } from '#app/reading/gray_image'
import {
  apply,
  fitHomography,
  inverse,
  matOf,
  offBy,
  residualOf,
  warp,
  type Pair,
  type Point,
} from '#app/reading/homography'
import { type OpenCv, openCv, withHandles } from '#app/reading/opencv'
import { matchFeatures, type Features } from '#app/reading/print_features'
import { printedWrong } from '#app/reading/printed_size'
import type { Registration } from '#app/reading/register_page'
import { MAX_RESIDUAL_MM, SCALE } from '#app/reading/registered_page'

/** Fewer features of the print than this, found where they should be, tell nothing. */
const LEAST_FEATURES = 25
/** px of the scan; a feature further off belongs to something else */
const NEAR = 10
/** Pieces of print that are looked for one by one: side, and how far around, in px. */
const PIECE = { side: 80, around: 20, every: 120, alike: 0.55, least: 8 }
/** px; a piece further off than its neighbors say was mistaken */
const STRAY = 4

/** The number of a blank page's features that a scan shows where they should be, and the rough homography. */
export interface Likeness {
  features: number
  homography: number[] | null
}

/** Looks for a blank page's print in a scan, in whatever rotation. */
export async function likenessOf(scan: Features, blank: Features): Promise<Likeness> {
  const pairs = await matchFeatures(scan, blank)
  const homography = fitHomography(await openCv(), pairs, NEAR)
  if (!homography || !isPlausible(homography)) return { features: 0, homography: null }
  const features = pairs.filter((pair) => offBy(homography, pair) < NEAR).length
  return features < LEAST_FEATURES ? { features, homography: null } : { features, homography }
}

/** Paper isn't mirrored, folded away or a tenth of its size. */
function isPlausible(h: number[]): boolean {
  const area = h[0] * h[4] - h[1] * h[3]
  return area > 0.1 && area < 10 && Math.abs(h[6]) < 5e-4 && Math.abs(h[7]) < 5e-4
}

/**
 * Lays a scan out as a form was printed that bears no markers of ours: from the rough place of its features, pieces of
 * its print all over the page are found again, and what they are off by is the residual.
 */
export async function registerPrint(
  scan: GrayImage,
  blank: GrayImage,
  rough: number[],
  dpi: number | null = null
): Promise<Registration> {
  const cv = await openCv()
  const size = { width: blank.width, height: blank.height }
  const pairs = piecesFound(cv, warp(cv, scan, rough, size), blank, inverse(rough))
  if (pairs.length < PIECE.least) return { ok: false, reason: 'bad_fit' }
  const homography = fitHomography(cv, pairs, STRAY)
  if (!homography) return { ok: false, reason: 'bad_fit' }
  const near = pairs.filter((pair) => offBy(homography, pair) < MAX_RESIDUAL_MM * 2 * SCALE)
  const residualMm = residualOf(homography, near) / SCALE
  if (near.length < PIECE.least || near.length < pairs.length / 2 || residualMm > MAX_RESIDUAL_MM)
    return { ok: false, reason: 'bad_fit' }
  const shortSideMm = Math.min(blank.width, blank.height) / SCALE
  if (printedWrong(scan, homography, dpi, shortSideMm)) return { ok: false, reason: 'wrong_size' }
  return { ok: true, image: warp(cv, scan, homography, size), homography, residualMm }
}

/** Finds where pieces of the blank page's print lie in the scan (px of both). */
function piecesFound(cv: OpenCv, rough: GrayImage, blank: GrayImage, toScan: number[]): Pair[] {
  const { side, every } = PIECE
  const pairs: Pair[] = []
  for (let top = every / 4; top + every < blank.height; top += every) {
    for (let left = every / 4; left + every < blank.width; left += every) {
      const corner = richest(blank, left, top)
      const found = corner && findPiece(cv, rough, blank, corner)
      if (!found) continue
      const to: Point = [corner[0] + side / 2, corner[1] + side / 2]
      pairs.push({ from: apply(toScan, [to[0] + found[0], to[1] + found[1]]), to })
    }
  }
  return pairs
}

/** The corner of the piece in a square of the page that has most print going both ways; null where there is too little. */
function richest(blank: GrayImage, left: number, top: number): Point | null {
  let best: { corner: Point; edges: number } | null = null
  const room = PIECE.every - PIECE.side
  for (let dy = 0; dy <= room; dy += room / 2) {
    for (let dx = 0; dx <= room; dx += room / 2) {
      const edges = edgesBothWays(blank, left + dx, top + dy)
      if (edges > (best?.edges ?? PIECE.side / 2)) best = { corner: [left + dx, top + dy], edges }
    }
  }
  return best && best.corner
}

/** Counts px of edges across or down, whichever are fewer: a line alone can slide along itself. */
function edgesBothWays({ data, width }: GrayImage, left: number, top: number): number {
  let across = 0
  let down = 0
  for (let y = top; y < top + PIECE.side; y += 2) {
    for (let x = left; x < left + PIECE.side; x += 2) {
      const at = y * width + x
      if (Math.abs(data[at] - data[at + 2]) > 80) across++
      if (Math.abs(data[at] - data[at + 2 * width]) > 80) down++
    }
  }
  return Math.min(across, down)
}

/** Measures what a piece is off by (px); null where it can't be found. */
function findPiece(
  cv: OpenCv,
  rough: GrayImage,
  blank: GrayImage,
  [left, top]: Point
): Point | null {
  const { side, around, alike } = PIECE
  if (left < around || top < around) return null
  if (left + side + around > blank.width || top + side + around > blank.height) return null
  const [scores, across] = withHandles((keep) => {
    const window = cut(rough, {
      left: left - around,
      top: top - around,
      width: side + 2 * around,
      height: side + 2 * around,
    })
    const piece = cut(blank, { left, top, width: side, height: side })
    const result = keep(new cv.Mat())
    cv.matchTemplate(keep(matOf(cv, window)), keep(matOf(cv, piece)), result, cv.TM_CCOEFF_NORMED)
    return [Float32Array.from(result.data32F), result.cols]
  })
  const best = scores.reduce((max, score, at) => (score > scores[max] ? at : max), 0)
  const [x, y] = [best % across, Math.floor(best / across)]
  // At the window's edge the true place lies outside.
  if (scores[best] < alike || x < 1 || y < 1 || x > across - 2 || y > across - 2) return null
  return [
    x + peak(scores[best - 1], scores[best], scores[best + 1]) - around,
    y + peak(scores[best - across], scores[best], scores[best + across]) - around,
  ]
}

/** Finds where between its neighbors a parabola through three scores has its top, -0.5 to 0.5. */
function peak(before: number, at: number, after: number): number {
  const bend = before - 2 * at + after
  return bend === 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)))
}
