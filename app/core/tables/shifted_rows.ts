import { isLacking, type PlacedColumn } from '#app/core/tables/table'

/** Cells too many, or too few. */
const OFFSETS = [1, -1, 2, -2]
/** A single doubtful cell is a mistake of its own; so many that would fit elsewhere are not. */
const LEAST_MENDED = 2

/**
 * Whether a row stands in the wrong columns: its cells fit much better when they are moved from some column on. One
 * cell that doesn't fit says nothing of the kind.
 */
export function isShifted(cells: string[], places: PlacedColumn[]): boolean {
  const now = faults(cells, places)
  if (now < LEAST_MENDED) return false
  return OFFSETS.some((offset) =>
    cells.some((_, from) => {
      const then = faults(moved(cells, from, offset), places)
      return now - then >= LEAST_MENDED && then * 2 <= now
    })
  )
}

function moved(cells: string[], from: number, offset: number): string[] {
  const blanks: string[] = Array.from({ length: Math.max(offset, 0) }, () => '')
  return [...cells.slice(0, from), ...blanks, ...cells.slice(from + Math.max(-offset, 0))]
}

function faults(cells: string[], places: PlacedColumn[]): number {
  return places.filter(({ column, index }) => {
    const { value, problem } = column.read(cells[index] ?? '')
    return problem !== undefined || isLacking(column, value)
  }).length
}
