import type { GrayImage } from '#app/reading/gray_image'
import { type OpenCv, withHandles } from '#app/reading/opencv'

/** px */
export type Point = [number, number]

/** A point of one picture, and its place in another. */
export interface Pair {
  from: Point
  to: Point
}

/**
 * The homography (row by row) that lays points on points; null when they lie on a line.
 * @param tolerance px; with it, pairs further off are left out (RANSAC)
 */
export function fitHomography(cv: OpenCv, pairs: Pair[], tolerance?: number): number[] | null {
  if (pairs.length < 4) return null
  return withHandles((keep) => {
    const pointsOf = (points: Point[]) =>
      keep(cv.matFromArray(points.length, 1, cv.CV_32FC2, points.flat()))
    const from = pointsOf(pairs.map((pair) => pair.from))
    const to = pointsOf(pairs.map((pair) => pair.to))
    const method = tolerance === undefined ? 0 : cv.RANSAC
    const matrix = keep(cv.findHomography(from, to, method, tolerance ?? 3))
    return matrix.empty() ? null : Array.from(matrix.data64F)
  })
}

export function apply(h: number[], [x, y]: Point): Point {
  const depth = h[6] * x + h[7] * y + h[8]
  return [(h[0] * x + h[1] * y + h[2]) / depth, (h[3] * x + h[4] * y + h[5]) / depth]
}

/** The inverse of a 3×3 matrix, up to scale: for homographies that is enough. */
export function inverse([a, b, c, d, e, f, g, h, i]: number[]): number[] {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ]
}

/** px between where a pair's point comes to lie and where it should. */
export function offBy(homography: number[], { from, to }: Pair): number {
  const [x, y] = apply(homography, from)
  return Math.hypot(x - to[0], y - to[1])
}

/** Root mean square of what pairs are off by, px. */
export function residualOf(homography: number[], pairs: Pair[]): number {
  const squares = pairs.reduce((sum, pair) => sum + offBy(homography, pair) ** 2, 0)
  return Math.sqrt(squares / pairs.length)
}

/** Lays a picture out on paper of the given size (px); what lies outside it is white. */
export function warp(
  cv: OpenCv,
  picture: GrayImage,
  homography: number[],
  { width, height }: { width: number; height: number }
): GrayImage {
  return withHandles((keep) => {
    const source = keep(matOf(cv, picture))
    const target = keep(new cv.Mat())
    const matrix = keep(cv.matFromArray(3, 3, cv.CV_64F, homography))
    cv.warpPerspective(
      source,
      target,
      matrix,
      new cv.Size(width, height),
      cv.INTER_LINEAR,
      cv.BORDER_CONSTANT,
      new cv.Scalar(255)
    )
    return { width, height, data: new Uint8Array(target.data) }
  })
}

/** A picture as OpenCV holds it; the caller frees it. */
export function matOf(cv: OpenCv, { data, width, height }: GrayImage) {
  const mat = new cv.Mat(height, width, cv.CV_8UC1)
  mat.data.set(data)
  return mat
}
