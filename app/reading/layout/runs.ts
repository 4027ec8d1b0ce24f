/** A picture of ink and nothing: 0 is nothing. */
export interface Mask {
  data: Uint8Array
  width: number
  height: number
}

export type Direction = 'across' | 'down'

const INK = 255

/** Only the runs of ink that are at least so long (px). */
export function longRuns(mask: Mask, direction: Direction, least: number): Mask {
  const kept = new Uint8Array(mask.data.length)
  eachRun(mask, direction, (from, length, step) => {
    if (length >= least) fill(kept, from, length, step)
  })
  return { ...mask, data: kept }
}

/** Runs with gaps of up to so many px between them become one. */
export function joinedRuns(mask: Mask, direction: Direction, max: number): Mask {
  const joined = Uint8Array.from(mask.data)
  let [end, line] = [-1, -1]
  eachRun(mask, direction, (from, length, step, row) => {
    if (row === line && (from - end) / step <= max) fill(joined, end, (from - end) / step, step)
    end = from + length * step
    line = row
  })
  return { ...mask, data: joined }
}

/** Every run goes on by so many px at both ends. */
export function grownRuns(mask: Mask, direction: Direction, by: number): Mask {
  const grown = Uint8Array.from(mask.data)
  const max = direction === 'across' ? mask.width : mask.height
  eachRun(mask, direction, (from, length, step, _row, at) => {
    const [before, after] = [Math.min(by, at), Math.min(by, max - at - length)]
    fill(grown, from - before * step, before, step)
    fill(grown, from + length * step, after, step)
  })
  return { ...mask, data: grown }
}

type Visit = (from: number, length: number, step: number, line: number, at: number) => void

/** Every run of ink, line by line: where it begins in the data, how long it is, how far apart its pixels lie. */
function eachRun({ data, width, height }: Mask, direction: Direction, visit: Visit): void {
  const across = direction === 'across'
  const [lines, length, step] = across ? [height, width, 1] : [width, height, width]
  for (let line = 0; line < lines; line++) {
    const first = across ? line * width : line
    let start = -1
    for (let at = 0; at <= length; at++) {
      const ink = at < length && data[first + at * step] !== 0
      if (ink && start < 0) start = at
      if (!ink && start >= 0) {
        visit(first + start * step, at - start, step, line, start)
        start = -1
      }
    }
  }
}

function fill(data: Uint8Array, from: number, length: number, step: number): void {
  for (let index = 0; index < length; index++) data[from + index * step] = INK
}
