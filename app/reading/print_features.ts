import sharp from 'sharp'
import type { GrayImage } from '#app/reading/gray_image'
import { matOf, type Pair, type Point } from '#app/reading/homography'
import { openCv, withHandles } from '#app/reading/opencv'

/** px; features are looked for at about 110 dpi: print is told there, grain is not */
const LONGER_SIDE = 1_300
const MAX = 1_500
/** bytes that describe a feature */
const WIDTH = 32

/** Points that can be found again in another picture of the same print (ORB). */
export interface Features {
  /** px of the whole picture */
  points: Point[]
  descriptors: Uint8Array
}

/** Finds the corners of what is printed and written on a page. */
export async function featuresOf(picture: GrayImage): Promise<Features> {
  const cv = await openCv()
  const { data, info } = await sharp(picture.data, {
    raw: { width: picture.width, height: picture.height, channels: 1 },
  })
    .resize({ width: LONGER_SIDE, height: LONGER_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const scale = picture.width / info.width
  return withHandles((keep) => {
    const small = keep(matOf(cv, { data, width: info.width, height: info.height }))
    const found = keep(new cv.KeyPointVector())
    const descriptors = keep(new cv.Mat())
    keep(new cv.ORB(MAX)).detectAndCompute(small, keep(new cv.Mat()), found, descriptors)
    const points = Array.from({ length: found.size() }, (_, index): Point => {
      const { x, y } = found.get(index).pt
      return [x * scale, y * scale]
    })
    return { points, descriptors: Uint8Array.from(descriptors.data) }
  })
}

/** Pairs features of one picture with the likeliest of another: each the other's best. */
export async function matchFeatures(from: Features, to: Features): Promise<Pair[]> {
  if (from.points.length === 0 || to.points.length === 0) return []
  const cv = await openCv()
  return withHandles((keep) => {
    const rows = ({ descriptors, points }: Features) =>
      keep(matOf(cv, { data: descriptors, width: WIDTH, height: points.length }))
    const matches = keep(new cv.DMatchVector())
    keep(new cv.BFMatcher(cv.NORM_HAMMING, true)).match(rows(from), rows(to), matches)
    return Array.from({ length: matches.size() }, (_, index) => {
      const { queryIdx, trainIdx } = matches.get(index)
      return { from: from.points[queryIdx], to: to.points[trainIdx] }
    })
  })
}
