import { bottom, centerOf, right, type Rectangle } from '#app/forms/blank_page'
import { linesOf, piecesOf, textOf } from '#app/forms/text_lines'
import type { PrintedCharacter } from '#app/recognition/decoding/messages'

/** mm; text further away doesn't name a zone */
const REACH = { beside: 60, above: 12 }

/** What is printed in a zone, right of a tick box, left of it or above it: its most likely name. */
export function labelOf(zone: Rectangle & { kind: string }, printed: PrintedCharacter[]): string {
  const pieces = linesOf(printed)
    .flatMap((line) => piecesOf(line, line.size * 1.2))
    .map((characters) => ({ characters, ...bounds(characters) }))
  const center = centerOf(zone)
  const inRow = pieces.filter((one) => one.y < center.y && bottom(one) > center.y)
  if (zone.kind === 'circle')
    return textOf(
      printed.filter((one) => {
        const { x, y } = centerOf(one)
        return x > zone.x && x < right(zone) && y > zone.y && y < bottom(zone)
      })
    )
  const after = inRow.filter((one) => one.x >= right(zone) - 0.5 && one.x - right(zone) < 6)
  if (zone.kind === 'tick' && after.length > 0) return clean(textOf(leftmost(after).characters))
  const before = inRow.filter(
    (one) => right(one) <= zone.x + 1 && zone.x - right(one) < REACH.beside
  )
  if (before.length > 0)
    return clean(textOf(before.reduce((a, b) => (right(a) > right(b) ? a : b)).characters))
  const above = pieces.filter(
    (one) =>
      bottom(one) <= zone.y + 1 &&
      zone.y - bottom(one) < REACH.above &&
      one.x < right(zone) &&
      right(one) > zone.x
  )
  return above.length > 0
    ? clean(textOf(above.reduce((a, b) => (bottom(a) > bottom(b) ? a : b)).characters))
    : ''
}

function leftmost<T extends Rectangle>(pieces: T[]): T {
  return pieces.reduce((a, b) => (a.x < b.x ? a : b))
}

function bounds(characters: PrintedCharacter[]): Rectangle {
  const x = Math.min(...characters.map((one) => one.x))
  const y = Math.min(...characters.map((one) => one.y))
  return {
    x,
    y,
    width: Math.max(...characters.map(right)) - x,
    height: Math.max(...characters.map(bottom)) - y,
  }
}

function clean(text: string): string {
  return text
    .replace(/\uFFFD/g, '')
    .replace(/^[・、。()（）:：□☐]+|[(（:：□☐]+$/g, '')
    .slice(0, 40)
}
