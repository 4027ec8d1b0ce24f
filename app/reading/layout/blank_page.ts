import type { PlaceKind } from '#app/catalog/description'
import type { NamedField, PrintedCharacter } from '#app/reading/decoding/messages'
import type { GrayImage } from '#app/reading/gray_image'

/** A rectangle in mm from the page's top left corner. */
export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** One page of a blank form as it was handed in. */
export interface BlankPage {
  /** from 1 */
  number: number
  image: GrayImage
  widthMm: number
  heightMm: number
  characters: PrintedCharacter[]
  /** fields that can be filled in on a screen; mm */
  fields: NamedField[]
}

/** A place that the form offers for an answer, as far as a machine can tell. */
export interface ProposedZone extends Rectangle {
  kind: PlaceKind
  /** from 1 */
  page: number
  /** of a comb */
  cells?: number
  /** what is printed there or beside it */
  label: string
}

/** The same, before it is known on which page it is and what it is called. */
export type FoundZone = Omit<ProposedZone, 'page' | 'label'>

export const right = (one: Rectangle): number => one.x + one.width
export const bottom = (one: Rectangle): number => one.y + one.height
export const area = (one: Rectangle): number => one.width * one.height

export function centerOf(one: Rectangle): { x: number; y: number } {
  return { x: one.x + one.width / 2, y: one.y + one.height / 2 }
}

export function holds(outer: Rectangle, { x, y }: { x: number; y: number }): boolean {
  return x >= outer.x && x <= right(outer) && y >= outer.y && y <= bottom(outer)
}

/** Measures how much of both together two rectangles share, 0 to 1. */
export function overlapOf(one: Rectangle, other: Rectangle): number {
  const width = Math.min(right(one), right(other)) - Math.max(one.x, other.x)
  const height = Math.min(bottom(one), bottom(other)) - Math.max(one.y, other.y)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / (area(one) + area(other) - width * height)
}

/** The smallest rectangle around all. */
export function around(all: Rectangle[]): Rectangle {
  const x = Math.min(...all.map((one) => one.x))
  const y = Math.min(...all.map((one) => one.y))
  return {
    x,
    y,
    width: Math.max(...all.map(right)) - x,
    height: Math.max(...all.map(bottom)) - y,
  }
}
