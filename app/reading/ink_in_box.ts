import type { Box } from '#app/reading/gray_image'
import type { Blot } from '#app/reading/ink_blots'
import type { Written } from '#app/reading/own_print'

/** A ring reaches around this share of its word. */
const RING = 0.72
/** Level between paper and ink: pencil too faint, or a bad copy. */
const FAINT = 226

/** Measures the share of a blot within a box. */
export function shareWithin(blot: Blot, box: Box, { picture }: Written): number {
  let inside = 0
  for (const at of blot.pixels) {
    const [x, y] = [at % picture.width, Math.floor(at / picture.width)]
    if (x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height)
      inside++
  }
  return inside / blot.area
}

/** Whether ink goes around a word. */
export function surrounds(ring: Box, word: Box): boolean {
  const [x, y] = [word.left + word.width / 2, word.top + word.height / 2]
  return (
    ring.left < x &&
    ring.left + ring.width > x &&
    ring.top < y &&
    ring.top + ring.height > y &&
    ring.width >= RING * word.width &&
    ring.height >= RING * word.height
  )
}

/** Share of what is neither paper nor ink. */
export function faintShare(box: Box, { picture }: Written): number {
  let faint = 0
  const [left, top] = [Math.max(0, Math.round(box.left)), Math.max(0, Math.round(box.top))]
  const right = Math.min(picture.width, Math.round(box.left + box.width))
  const bottom = Math.min(picture.height, Math.round(box.top + box.height))
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) if (picture.data[y * picture.width + x] < FAINT) faint++
  return faint / Math.max(1, (right - left) * (bottom - top))
}
