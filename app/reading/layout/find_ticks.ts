import { overlapOf, type Rectangle } from '#app/reading/layout/blank_page'
import type { FoundZone } from '#app/reading/layout/blank_page'
import type { PrintedCharacter } from '#app/reading/decoding/messages'

/** Printed boxes that stand in the text, as Japanese forms have them. */
const BOXES = new Set([...'□☐❏❐❑❒◻▢⬜\uf0a8\uf06f\uf071\uf0a3'])
/** mm; side of a drawn tick box; a large one has its label right behind it */
const SIDE = { least: 1.8, max: 5.4, maxBesideText: 9 }
/** mm; how near a label stands */
const NEAR = 6

export function isTick(character: PrintedCharacter): boolean {
  return BOXES.has(character.text)
}

/** Boxes to be ticked: drawn squares, and characters that look like them. */
export function findTicks(cells: Rectangle[], characters: PrintedCharacter[]): FoundZone[] {
  const printed = characters.filter(isTick)
  const drawn = cells.filter(
    ({ width, height }) =>
      Math.min(width, height) >= SIDE.least &&
      Math.max(width, height) <= SIDE.maxBesideText &&
      Math.abs(width - height) < 0.25 * Math.max(width, height)
  )
  const own = drawn.filter(
    (cell) =>
      !printed.some((one) => overlapOf(one, cell) > 0.1) &&
      (characters.every(isTick)
        ? cell.width <= SIDE.max
        : characters.some((one) => isBeside(one, cell, cell.width <= SIDE.max)))
  )
  return [...printed, ...own].map(({ x, y, width, height }) => ({
    kind: 'tick' as const,
    x,
    y,
    width,
    height,
  }))
}

/** A label stands behind its box; behind a small one something may stand before it as well. */
function isBeside(one: PrintedCharacter, cell: Rectangle, small: boolean): boolean {
  const center = cell.y + cell.height / 2
  if (one.y > center || one.y + one.height < center) return false
  const behind = one.x - (cell.x + cell.width)
  const before = cell.x - (one.x + one.width)
  return (behind > -0.5 && behind < NEAR) || (small && before > -0.5 && before < NEAR)
}
