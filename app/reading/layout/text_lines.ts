import { around, right, type Rectangle } from '#app/reading/layout/blank_page'
import type { PrintedCharacter } from '#app/reading/decoding/messages'

const LATIN = /^[!-~]+$/
/** em; a gap this wide between Latin letters is a space */
const WORD_SPACE = 0.12

/** Characters that stand in a row, from left to right. */
export interface TextLine extends Rectangle {
  characters: PrintedCharacter[]
  /** mm; height of its type */
  size: number
}

/**
 * Sorts characters into lines: in one line is what overlaps its neighbor there by half of the smaller one's height. A
 * tall character beside two lines doesn't make them one.
 */
export function linesOf(characters: PrintedCharacter[]): TextLine[] {
  const open: PrintedCharacter[][] = []
  for (const character of [...characters].sort((a, b) => middle(a) - middle(b))) {
    const line = open.findLast((one) => onOneLine(nearest(one, character), character))
    if (line) line.push(character)
    else open.push([character])
  }
  return open.map((line) => {
    const sorted = line.sort((a, b) => a.x - b.x)
    const sizes = sorted.map((one) => one.height).sort((a, b) => a - b)
    return { ...around(sorted), characters: sorted, size: sizes[sizes.length >> 1] }
  })
}

export function textOf(characters: PrintedCharacter[]): string {
  return characters
    .map((one, index) => (isWordApart(characters[index - 1], one) ? ` ${one.text}` : one.text))
    .join('')
}

/** Words in Latin letters are set apart; Japanese isn't. */
function isWordApart(before: PrintedCharacter | undefined, one: PrintedCharacter): boolean {
  if (!before || !LATIN.test(before.text) || !LATIN.test(one.text)) return false
  return one.x - right(before) > WORD_SPACE * one.height
}

/** Cuts a line into runs of characters: pieces with less than `gap` mm between their characters. */
export function piecesOf(line: TextLine, gap: number): PrintedCharacter[][] {
  const pieces: PrintedCharacter[][] = []
  for (const character of line.characters) {
    const piece = pieces.at(-1)
    if (piece && character.x - right(piece[piece.length - 1]) < gap) piece.push(character)
    else pieces.push([character])
  }
  return pieces
}

function middle(one: Rectangle): number {
  return one.y + one.height / 2
}

/** The one that stands nearest, from left to right. */
function nearest(line: PrintedCharacter[], { x }: Rectangle): PrintedCharacter {
  return line.reduce((best, one) => (Math.abs(one.x - x) < Math.abs(best.x - x) ? one : best))
}

function onOneLine(one: Rectangle, other: Rectangle): boolean {
  const shared = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return shared > Math.min(one.height, other.height) * 0.5
}
