import { area, bottom, right, type Rectangle } from '#app/reading/layout/blank_page'
import type { Container } from '#app/reading/layout/propose_zones'
import type { FoundZone } from '#app/reading/layout/blank_page'
import { textOf } from '#app/reading/layout/text_lines'

/** mm; less is a margin around the text */
const LEAST = { width: 40, height: 6.2 }
/** mm between a cell's lines and the zone in it, and between text and zone */
const INSET = 0.3
const CLEAR = 0.8

/** A cell in which nothing is printed, and the rooms that the text of a cell leaves free. */
export function freeSpace({ space, isPage, lines, obstacles }: Container): FoundZone[] {
  if (isPage) return []
  if (lines.length === 0)
    return obstacles.length === 0 && space.width > 6 && space.height > 3.2 ? [box(space)] : []
  if (obstacles.some((one) => 'kind' in one)) return []
  const taken = [...lines.map(widened), ...obstacles]
  const rooms: Rectangle[] = []
  for (;;) {
    const largest = largestRoom(space, [...taken, ...rooms])
    if (!largest)
      return splitBeside(
        rooms.filter((room) => isForAnswer(room, lines)),
        lines
      ).map(box)
    rooms.push(largest)
  }
}

/** Answers begin at the left: there a smaller room is as good. */
const LEFT = 1.6

/** The largest rectangle without anything in it, of those that touch sides of what is there. */
function largestRoom(space: Rectangle, taken: Rectangle[]): Rectangle | null {
  const lefts = [space.x, ...taken.map(right)]
  const rights = [right(space), ...taken.map((one) => one.x)]
  const tops = [space.y, ...taken.map(bottom)]
  const bottoms = [bottom(space), ...taken.map((one) => one.y)]
  const worth = (room: Rectangle) => area(room) * (room.x === space.x ? LEFT : 1)
  let largest: Rectangle | null = null
  for (const x of lefts) {
    for (const end of rights) {
      if (end - x < LEAST.width) continue
      for (const y of tops) {
        for (const last of bottoms) {
          const room = { x, y, width: end - x, height: last - y }
          if (room.height < LEAST.height || (largest && worth(room) <= worth(largest))) continue
          if (!taken.some((one) => meets(one, room))) largest = room
        }
      }
    }
  }
  return largest
}

/** Beside running text there is only margin; beside short labels there is room for their answers. */
function isForAnswer(room: Rectangle, lines: Container['lines']): boolean {
  return lines
    .filter((line) => Math.min(bottom(line), bottom(room)) - Math.max(line.y, room.y) > 1)
    .every((line) => line.characters.length <= 12 && !/[0-9０-９。]/.test(textOf(line.characters)))
}

/** Labels one below the other at the left of a room: each has its own part of it. */
function splitBeside(rooms: Rectangle[], lines: Container['lines']): Rectangle[] {
  return rooms.flatMap((room) => {
    const beside = lines
      .filter(
        (line) =>
          right(line) <= room.x + 1 && line.y >= room.y - 1 && bottom(line) <= bottom(room) + 1
      )
      .sort((a, b) => a.y - b.y)
    const starts = beside.filter(
      (line, index) => index > 0 && line.y - bottom(beside[index - 1]) > line.size
    )
    const edges = [
      room.y,
      ...starts.map((line) => (line.y + bottom(beside[beside.indexOf(line) - 1])) / 2),
      bottom(room),
    ]
    return edges
      .slice(1)
      .map((end, index) => ({ ...room, y: edges[index], height: end - edges[index] }))
  })
}

function widened(line: Rectangle): Rectangle {
  return {
    x: line.x - CLEAR,
    y: line.y - CLEAR,
    width: line.width + 2 * CLEAR,
    height: line.height + 2 * CLEAR,
  }
}

function meets(one: Rectangle, other: Rectangle): boolean {
  return (
    Math.min(right(one), right(other)) - Math.max(one.x, other.x) > 0.01 &&
    Math.min(bottom(one), bottom(other)) - Math.max(one.y, other.y) > 0.01
  )
}

function box(space: Rectangle): FoundZone {
  return {
    kind: 'box',
    x: space.x + INSET,
    y: space.y + INSET,
    width: space.width - 2 * INSET,
    height: space.height - 2 * INSET,
  }
}
