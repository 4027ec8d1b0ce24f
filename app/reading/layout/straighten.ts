import sharp from 'sharp'
import { halved, type GrayImage } from '#app/reading/gray_image'

/** degrees; a scanner that takes a sheet in more askew than this is set right by hand */
const MAX = 4
const STEPS = [0.25, 0.05]
/** gray level below which something is printed */
const PRINTED = 175
/** px of ink; less says nothing about lines */
const LEAST_INK = 500
/** A page leans only where it is so much clearer than as it is. */
const CLEARER = 1.02

/** A picture turned by so many degrees (clockwise) about its middle; what comes in at the corners is white. */
export async function turned(image: GrayImage, degrees: number): Promise<GrayImage> {
  if (degrees === 0) return image
  const { data: source, width, height } = image
  const { data, info } = await sharp(source, { raw: { width, height, channels: 1 } })
    .rotate(degrees, { background: '#fff' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [left, top] = [(info.width - width) >> 1, (info.height - height) >> 1]
  const level = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    const from = (row + top) * info.width + left
    level.set(data.subarray(from, from + width), row * width)
  }
  return { data: level, width, height }
}

/**
 * By how much a scanned page's lines lean (degrees, clockwise): at that angle rows are either full or empty. 0 where
 * nothing tells.
 */
export function skewOf(image: GrayImage): number {
  let small = image
  while (small.width > 1000) small = halved(small)
  const points: { x: number; y: number }[] = []
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++)
      if (small.data[y * small.width + x] < PRINTED) points.push({ x, y })
  if (points.length < LEAST_INK) return 0
  const clearness = (angle: number): number => {
    const slope = Math.tan((angle * Math.PI) / 180)
    const rows = new Uint32Array(small.height + Math.ceil(small.width * 0.16) + 2)
    const middle = small.width / 2
    const first = rows.length - small.height
    for (const { x, y } of points) rows[Math.round(y - (x - middle) * slope) + (first >> 1)]++
    return rows.reduce((sum, count) => sum + count * count, 0)
  }
  const asItIs = clearness(0)
  let best = { angle: 0, clearness: asItIs }
  let [from, to] = [-MAX, MAX]
  for (const step of STEPS) {
    const count = Math.round((to - from) / step) + 1
    for (let index = 0; index < count; index++) {
      const angle = from + index * step
      const one = clearness(angle)
      if (one > best.clearness) best = { angle, clearness: one }
    }
    from = best.angle - step
    to = best.angle + step
  }
  return best.clearness > asItIs * CLEARER ? best.angle : 0
}
