import {
  bottom,
  overlapOf,
  right,
  type BlankPage,
  type Rectangle,
} from '#app/reading/layout/blank_page'
import type { FoundZone } from '#app/reading/layout/blank_page'
import { blotsOf, type Blot } from '#app/reading/ink_blots'

/** Printed rings that stand in the text. */
const RINGS = new Set([...'○◯〇⚪\u25ef'])
/** mm; across */
const ACROSS = { least: 1.8, max: 7 }
/** how far, in radii, a ring's ink lies from its middle */
const RING = { least: 0.62, max: 1.12 }
/** share of its ink that must lie there, and of its directions in which there is any */
const ROUND = { ink: 0.97, directions: 0.9 }
const DIRECTIONS = 24
/** mm; letters stand nearer to each other than this, rings to be filled in don't */
const APART = 0.9
/** darker than this is ink */
const INK = 150

/** Rings to be filled in or ticked, as answer sheets have them: drawn ones, and characters that stand alone. */
export function findBubbles(page: BlankPage): FoundZone[] {
  const { image, characters } = page
  const scale = image.width / page.widthMm
  const blots = blotsOf(image, INK)
  const inMm = ({ left, top, width, height }: Blot): Rectangle => ({
    x: left / scale,
    y: top / scale,
    width: width / scale,
    height: height / scale,
  })
  const letters = blots.map(inMm).filter((one) => one.height > 0.8 && one.height < 12)
  return blots
    .filter((blot) => isRing(blot, scale, image.width))
    .map(inMm)
    .filter((ring) => !letters.some((one) => one.y !== ring.y && touches(one, ring)))
    .filter((ring) => !letters.some((one) => isBeside(one, ring)))
    .filter(
      (ring) => !characters.some((one) => overlapOf(one.ink, ring) > 0.3 && !RINGS.has(one.text))
    )
    .map((ring) => ({ kind: 'tick', ...ring }))
}

function isRing(blot: Blot, scale: number, stride: number): boolean {
  const { left, top, width, height } = blot
  const across = Math.max(width, height)
  if (across < ACROSS.least * scale || across > ACROSS.max * scale) return false
  if (Math.min(width, height) < 0.86 * across) return false
  const [x, y] = [left + (width - 1) / 2, top + (height - 1) / 2]
  const directions = new Set<number>()
  let onRing = 0
  for (const at of blot.pixels) {
    const [dx, dy] = [(at % stride) - x, Math.floor(at / stride) - y]
    const distance = Math.hypot(dx / (width / 2), dy / (height / 2))
    if (distance < RING.least || distance > RING.max) continue
    onRing++
    directions.add(Math.floor(((Math.atan2(dy, dx) / Math.PI + 1) / 2) * DIRECTIONS) % DIRECTIONS)
  }
  return onRing >= ROUND.ink * blot.area && directions.size >= ROUND.directions * DIRECTIONS
}

/** Something stands within the ring: it is a mark of its own, a number in a circle, say. */
function touches(one: Rectangle, ring: Rectangle): boolean {
  return one.x > ring.x && right(one) < right(ring) && one.y > ring.y && bottom(one) < bottom(ring)
}

/** A letter of the same word. */
function isBeside(one: Rectangle, ring: Rectangle): boolean {
  if (one.y === ring.y && one.x === ring.x) return false
  if (one.height < 0.5 * ring.height || one.height > 2 * ring.height) return false
  const level = Math.abs(one.y + one.height / 2 - ring.y - ring.height / 2) < ring.height / 2
  const gap = Math.max(one.x - right(ring), ring.x - right(one))
  return level && gap > -0.2 && gap < APART
}
