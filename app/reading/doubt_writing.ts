import { outer } from '#app/reading/boxes'
import type { Box, GrayImage } from '#app/reading/gray_image'
import type { Blot } from '#app/reading/ink_blots'
import type { Doubt } from '#app/reading/read_field'
import { SCALE } from '#app/reading/registered_page'

/** mm; writing that runs this far over its frame is cut off */
const OVERRUN = 1.1
/** mm; a stroke this long strikes something out */
const STRIKE = 11
/** mm; the ring of a correction seal */
const SEAL = { least: 6, max: 16 }
/** Level from which ink is too pale to be sure of. */
const PALE = 150

/** Struck out, sealed, pale, or run over the frame: a person looks at it. */
export function doubtOfWriting(blots: Blot[], boxes: Box[], picture: GrayImage): Doubt | undefined {
  if (blots.some((blot) => longestRun(blot, picture) > STRIKE * SCALE)) return 'struck'
  if (blots.some((blot) => isSeal(blot, picture))) return 'seal'
  const pixels = blots.flatMap((blot) => [...blot.pixels].map((at) => picture.data[at]))
  if (median(pixels) > PALE) return 'faint'
  const frame = outer(boxes)
  const over = OVERRUN * SCALE
  const runsOver = blots.some(
    (blot) =>
      blot.left < frame.left - over ||
      blot.top < frame.top - over ||
      blot.left + blot.width > frame.left + frame.width + over ||
      blot.top + blot.height > frame.top + frame.height + over
  )
  return runsOver ? 'overrun' : undefined
}

/** px; the longest stroke of a blot that goes straight across */
function longestRun({ pixels, left, top, width, height }: Blot, picture: GrayImage): number {
  const grid = new Uint8Array(width * height)
  for (const at of pixels)
    grid[(Math.floor(at / picture.width) - top) * width + (at % picture.width) - left] = 1
  let longest = 0
  for (let row = 0; row < height; row++) {
    let run = 0
    for (let column = 0; column < width; column++) {
      // A line that climbs slowly goes on in the row above or below.
      const on = [row - 1, row, row + 1].some((y) => grid[y * width + column] === 1)
      run = on ? run + 1 : 0
      longest = Math.max(longest, run)
    }
  }
  return longest
}

/** A ring about as wide as high, whole around: characters reach their outer circle in few places only. */
function isSeal(
  { left, top, width, height, pixels }: Blot,
  { width: columns }: GrayImage
): boolean {
  const [w, h] = [width / SCALE, height / SCALE]
  if (Math.min(w, h) < SEAL.least || Math.max(w, h) > SEAL.max) return false
  if (Math.abs(w - h) > 0.2 * Math.max(w, h)) return false
  const directions = new Set<number>()
  let outside = 0
  for (const at of pixels) {
    const x = ((at % columns) - left) / (width / 2) - 1
    const y = (Math.floor(at / columns) - top) / (height / 2) - 1
    const radius = Math.hypot(x, y)
    if (radius > 1.1) outside++
    else if (radius > 0.8) directions.add(Math.floor((Math.atan2(y, x) / Math.PI) * 18))
  }
  // Characters have corners, rings have none.
  return directions.size >= 34 && outside < 0.01 * pixels.length
}

/** The middle one of some numbers; 0 of none. */
export function median(levels: number[]): number {
  return levels.sort((a, b) => a - b)[levels.length >> 1] ?? 0
}
