import {
  around,
  bottom,
  centerOf,
  holds,
  right,
  type Rectangle,
} from '#app/reading/layout/blank_page'
import type { FoundZone } from '#app/reading/layout/blank_page'
import type { PrintedCharacter } from '#app/reading/decoding/messages'

/** mm; a cell for one character */
const CELL = { width: [2.6, 14], height: [3.6, 16] } as const
/** mm between the cells of one comb, and as a share of their width */
const APART = { max: 2.2, share: 0.45 }
/** mm below a comb in which a bracket says what some of its cells are for */
const BRACKET = 5
const NEAR = 0.8

/** Rows of equal cells for a character each. A row with brackets below it is a comb for each bracket. */
export function findCombs(
  cells: Rectangle[],
  printed: PrintedCharacter[],
  across: Rectangle[]
): FoundZone[] {
  const single = cells
    .filter(isCell)
    .filter((cell) => !printed.some((one) => holds(cell, centerOf(one))))
    .sort((a, b) => a.x - b.x)
  const brackets = bracketsOf(single, across)
  const rows: Rectangle[][] = []
  for (const cell of single) {
    const row = rows.find(
      (one) => goesOn(one, cell) && sameBracket(one, cell, brackets) && !endsAt(one, printed)
    )
    if (row) row.push(cell)
    else rows.push([cell])
  }
  return rows
    .filter((row) => row.length > 1 || isUpright(row[0]))
    .map((row) => ({ ...around(row), kind: 'comb' as const, cells: row.length }))
}

function isCell({ width, height }: Rectangle): boolean {
  return (
    width >= CELL.width[0] &&
    width <= CELL.width[1] &&
    height >= CELL.height[0] &&
    height <= CELL.height[1] &&
    height / width > 0.55
  )
}

/** One cell alone is for a character when it is higher than wide; a square might be ticked. */
function isUpright({ width, height }: Rectangle): boolean {
  return height >= 5.5 && height / width >= 1.12 && height / width < 2.2
}

function goesOn(row: Rectangle[], cell: Rectangle): boolean {
  const last = row[row.length - 1]
  const gap = cell.x - right(last)
  return (
    gap >= -0.1 &&
    gap <= Math.min(APART.max, cell.width * APART.share) &&
    Math.abs(cell.y - last.y) < 0.7 &&
    Math.abs(bottom(cell) - bottom(last)) < 0.7 &&
    Math.abs(cell.width - row[0].width) < row[0].width * 0.22
  )
}

/** A bracket runs from the side of one cell to the side of another, just below them. */
function bracketsOf(cells: Rectangle[], across: Rectangle[]): Rectangle[] {
  return across.filter((line) => {
    const above = cells.filter((cell) => {
      const depth = line.y - bottom(cell)
      return depth > 0.8 && depth < BRACKET
    })
    const headsCell = cells.some(
      (cell) =>
        Math.abs(cell.y - bottom(line)) < NEAR && right(cell) > line.x && cell.x < right(line)
    )
    return (
      !headsCell &&
      above.some((cell) => Math.abs(cell.x - line.x) < NEAR) &&
      above.some((cell) => Math.abs(right(cell) - right(line)) < NEAR)
    )
  })
}

function sameBracket(row: Rectangle[], cell: Rectangle, brackets: Rectangle[]): boolean {
  const below = (one: Rectangle) =>
    brackets.filter((line) => {
      const { x } = centerOf(one)
      return line.y > bottom(one) && line.y - bottom(one) < BRACKET && line.x < x && right(line) > x
    })
  const [before, here] = [below(row[row.length - 1]), below(cell)]
  return before.length === 0 || here.length === 0 || before.some((line) => here.includes(line))
}

/** A unit printed small above a cell, as in 元号 年 月 日, ends its part of the row. */
function endsAt(row: Rectangle[], printed: PrintedCharacter[]): boolean {
  const last = row[row.length - 1]
  return printed.some((one) => {
    const { x, y } = centerOf(one)
    return (
      '号年月日時分'.includes(one.text) &&
      one.height < 3 &&
      Math.abs(x - centerOf(last).x) < last.width * 0.62 &&
      last.y - y > 0 &&
      last.y - y < 3.2
    )
  })
}
