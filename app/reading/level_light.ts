import type { GrayImage } from '#app/reading/gray_image'

/** px; side of the squares in which the paper's brightness is taken */
const BLOCK = 32
/** Darker paper than this is a shadow so deep that ink can't be told from it. */
const DARKEST = 40

/**
 * Evens out the light of a page: paper becomes white everywhere, ink keeps its share of the paper's brightness. A
 * square that is covered with ink takes its light from its neighbors.
 */
export function levelLight({ data, width, height }: GrayImage): GrayImage {
  const [columns, rows] = [Math.ceil(width / BLOCK), Math.ceil(height / BLOCK)]
  const bright = widest(brightness(data, width, height, columns, rows), columns, rows)
  const out = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    const v = Math.max(0, y / BLOCK - 0.5)
    const [top, low] = [Math.min(rows - 1, Math.floor(v)), Math.min(rows - 1, Math.floor(v) + 1)]
    const down = v - Math.floor(v)
    for (let x = 0; x < width; x++) {
      const u = Math.max(0, x / BLOCK - 0.5)
      const left = Math.min(columns - 1, Math.floor(u))
      const right = Math.min(columns - 1, left + 1)
      const across = u - Math.floor(u)
      const above =
        bright[top * columns + left] * (1 - across) + bright[top * columns + right] * across
      const below =
        bright[low * columns + left] * (1 - across) + bright[low * columns + right] * across
      const paper = Math.max(DARKEST, above * (1 - down) + below * down)
      out[y * width + x] = Math.min(255, (data[y * width + x] * 255) / paper)
    }
  }
  return { data: out, width, height }
}

/** Finds what a fifth of each square's pixels reach: paper, unless ink covers the square. */
function brightness(
  data: Uint8Array,
  width: number,
  height: number,
  columns: number,
  rows: number
): Float32Array {
  const levels = new Float32Array(columns * rows)
  const histogram = new Uint32Array(256)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      histogram.fill(0)
      let count = 0
      for (let y = row * BLOCK; y < Math.min(height, (row + 1) * BLOCK); y += 2) {
        for (let x = column * BLOCK; x < Math.min(width, (column + 1) * BLOCK); x += 2) {
          histogram[data[y * width + x]]++
          count++
        }
      }
      let seen = 0
      let level = 255
      while (level > 0 && (seen += histogram[level]) < count * 0.2) level--
      levels[row * columns + column] = level
    }
  }
  return levels
}

/** The brightest of each square and its neighbors. */
function widest(levels: Float32Array, columns: number, rows: number): Float32Array {
  return levels.map((_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)]
    let max = 0
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++)
        max = Math.max(max, levels[y * columns + x])
    return max
  })
}
