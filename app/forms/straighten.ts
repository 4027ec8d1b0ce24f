import sharp from 'sharp'
import { halved, type GrayImage } from '#app/recognition/gray_image'

/** degrees; a scanner that takes a sheet in more askew than this is set right by hand */
const MOST = 4
const STEPS = [0.25, 0.05]
/** degrees; less than this moves no line by its own width */
const LEAST = 0.04
/** gray level below which something is printed */
const PRINTED = 175

/** A scanned blank with its lines level; what doesn't lean comes back as it is. */
export async function straightened(image: GrayImage): Promise<GrayImage> {
  const angle = skewOf(image)
  if (Math.abs(angle) < LEAST) return image
  const { data: source, width, height } = image
  const { data, info } = await sharp(source, { raw: { width, height, channels: 1 } })
    .rotate(-angle, { background: '#fff' })
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

/** By how much lines lean (degrees, clockwise): at that angle rows are either full or empty. */
export function skewOf(image: GrayImage): number {
  let small = image
  while (small.width > 1000) small = halved(small)
  const points: { x: number; y: number }[] = []
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++)
      if (small.data[y * small.width + x] < PRINTED) points.push({ x, y })
  const sharpness = (angle: number): number => {
    const slope = Math.tan((angle * Math.PI) / 180)
    const rows = new Uint32Array(small.height * 3)
    for (const { x, y } of points) rows[Math.round(y - x * slope) + small.height]++
    return rows.reduce((sum, count) => sum + count * count, 0)
  }
  let best = 0
  let [from, to] = [-MOST, MOST]
  for (const step of STEPS) {
    const angles = Array.from(
      { length: Math.round((to - from) / step) + 1 },
      (_, index) => from + index * step
    )
    const scores = angles.map(sharpness)
    best = angles[scores.indexOf(Math.max(...scores))]
    from = best - step
    to = best + step
  }
  return best
}
