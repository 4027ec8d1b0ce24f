import { bottom, right, type Rectangle } from '#app/reading/layout/blank_page'
import type { RuledLines } from '#app/reading/layout/find_lines'
import type { FoundZone } from '#app/reading/layout/blank_page'
import type { PrintedCharacter } from '#app/reading/decoding/messages'

/** mm */
const LEAST = 8
const LINE_HEIGHT = 4.6

/** Lines to write on: what of a line has no text above it. Sides of cells are no such lines. */
export function findUnderlined(
  lines: RuledLines,
  cells: Rectangle[],
  printed: PrintedCharacter[]
): FoundZone[] {
  return lines.across
    .filter((line) => line.width >= LEAST && line.width < 180)
    .filter((line) => !isSide(line, cells) && !isFrame(line, lines.down))
    .flatMap((line) => {
      const above = printed
        .filter(
          (one) =>
            bottom(one) > line.y - 3 &&
            bottom(one) < line.y + 1.5 &&
            right(one) > line.x &&
            one.x < right(line)
        )
        .sort((a, b) => a.x - b.x)
      return roomsBetween(line, above)
    })
}

function roomsBetween(line: Rectangle, above: PrintedCharacter[]): FoundZone[] {
  const ends = [line.x, ...above.map(right)]
  const starts = [...above.map((one) => one.x), right(line)]
  return ends.flatMap((x, index) => {
    const width = starts[index] - x
    return width < LEAST
      ? []
      : [{ kind: 'box' as const, x, y: line.y - LINE_HEIGHT, width, height: LINE_HEIGHT }]
  })
}

function isSide(line: Rectangle, cells: Rectangle[]): boolean {
  return cells.some((cell) => {
    const near = Math.abs(cell.y - bottom(line)) < 0.9 || Math.abs(bottom(cell) - line.y) < 0.9
    const shared = Math.min(right(cell), right(line)) - Math.max(cell.x, line.x)
    return near && shared > line.width * 0.15
  })
}

/** A line that meets another at its end is part of a frame or a bracket. */
function isFrame(line: Rectangle, down: Rectangle[]): boolean {
  return down.some(
    (one) =>
      (Math.abs(one.x - line.x) < 0.8 || Math.abs(right(one) - right(line)) < 0.8) &&
      one.y < bottom(line) + 0.8 &&
      bottom(one) > line.y - 0.8
  )
}
