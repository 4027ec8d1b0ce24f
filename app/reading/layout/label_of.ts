import { bottom, centerOf, right, type Rectangle } from '#app/reading/layout/blank_page'
import { isTick } from '#app/reading/layout/find_ticks'
import { linesOf, piecesOf, textOf } from '#app/reading/layout/text_lines'
import type { PrintedCharacter } from '#app/reading/decoding/messages'

/** mm; text further away doesn't name a zone */
const REACH = { beside: 60, above: 12, behind: 6 }

/** Finds a zone's most likely name: printed in it, right of a tick box, left of it or above it. */
export function labelOf(zone: Rectangle & { kind: string }, printed: PrintedCharacter[]): string {
  const pieces = linesOf(printed.filter((one) => !isTick(one)))
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
  const after = zone.kind === 'tick' ? behindTick(zone, printed) : ''
  if (after) return after
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

/** Reads what stands right behind a box to be ticked, up to the next box or a wide gap. */
function behindTick(tick: Rectangle, printed: PrintedCharacter[]): string {
  const center = centerOf(tick).y
  const row = printed
    .filter((one) => one.y < center && bottom(one) > center && one.x >= right(tick) - 0.5)
    .sort((a, b) => a.x - b.x)
  const found: PrintedCharacter[] = []
  let end = right(tick) + REACH.behind
  for (const one of row) {
    if (one.x > end || isTick(one)) break
    found.push(one)
    end = right(one) + one.height * 0.9
  }
  return clean(textOf(found))
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
