import type { GrayImage } from '#app/reading/gray_image'

/** px; side of the square that a digit is brought to, and of the square that its strokes fill */
const SIDE = 28
const FILLED = 20
/** directions of strokes that are told apart, and squares in a row in which they are counted */
const DIRECTIONS = 8
const SQUARES = 7

export const FEATURES = DIRECTIONS * SQUARES * SQUARES

/**
 * Measures what tells digits apart: how much of their edges runs in each of eight directions, in each of 7×7 squares.
 * @param picture one character, dark on white, cut at its strokes
 */
export function digitFeatures(picture: GrayImage): Float32Array {
  return directionsOf(upright(centered(picture)))
}

/** Ink from 0 to 1 in a square of 28 px, its longer side 20 px, its weight in the middle. */
function centered({ data, width, height }: GrayImage): Float32Array {
  const scale = Math.max(width, height) / FILLED
  const out = new Float32Array(SIDE * SIDE)
  const small = new Float32Array(SIDE * SIDE)
  const [wide, high] = [
    Math.max(1, Math.round(width / scale)),
    Math.max(1, Math.round(height / scale)),
  ]
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++)
      small[y * SIDE + x] = meanInk(data, width, height, x * scale, y * scale, scale)
  }
  let [sum, middleX, middleY] = [0, 0, 0]
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const ink = small[y * SIDE + x]
      sum += ink
      middleX += ink * x
      middleY += ink * y
    }
  }
  if (sum === 0) return out
  const left = clamp(Math.round(SIDE / 2 - middleX / sum - 0.5), 0, SIDE - wide)
  const top = clamp(Math.round(SIDE / 2 - middleY / sum - 0.5), 0, SIDE - high)
  const max = Math.max(...small)
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) out[(top + y) * SIDE + left + x] = small[y * SIDE + x] / max
  return out
}

function meanInk(
  data: Uint8Array,
  width: number,
  height: number,
  left: number,
  top: number,
  side: number
): number {
  const [x0, y0] = [Math.floor(left), Math.floor(top)]
  const x1 = Math.min(width, Math.max(x0 + 1, Math.ceil(left + side)))
  const y1 = Math.min(height, Math.max(y0 + 1, Math.ceil(top + side)))
  let sum = 0
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += 255 - data[y * width + x]
  return sum / ((x1 - x0) * (y1 - y0) * 255)
}

/** Takes the slant of the writing away, by its moments. */
function upright(ink: Float32Array): Float32Array {
  let [sum, middleX, middleY] = [0, 0, 0]
  ink.forEach((value, index) => {
    sum += value
    middleX += value * (index % SIDE)
    middleY += value * Math.floor(index / SIDE)
  })
  if (sum === 0) return ink
  middleX /= sum
  middleY /= sum
  let [across, along] = [0, 0]
  ink.forEach((value, index) => {
    const [x, y] = [(index % SIDE) - middleX, Math.floor(index / SIDE) - middleY]
    across += value * x * y
    along += value * y * y
  })
  const slant = along === 0 ? 0 : clamp(across / along, -0.6, 0.6)
  return ink.map((_, index) => {
    const [x, y] = [index % SIDE, Math.floor(index / SIDE)]
    const from = x + slant * (y - middleY)
    const left = Math.floor(from)
    const part = from - left
    const at = (column: number) => (column < 0 || column >= SIDE ? 0 : ink[y * SIDE + column])
    return at(left) * (1 - part) + at(left + 1) * part
  })
}

function directionsOf(ink: Float32Array): Float32Array {
  const features = new Float32Array(FEATURES)
  const size = SIDE / SQUARES
  for (let y = 1; y < SIDE - 1; y++) {
    for (let x = 1; x < SIDE - 1; x++) {
      const at = y * SIDE + x
      const dx = ink[at + 1] - ink[at - 1]
      const dy = ink[at + SIDE] - ink[at - SIDE]
      const strength = Math.hypot(dx, dy)
      if (strength < 0.02) continue
      const turn = ((Math.atan2(dy, dx) / (2 * Math.PI) + 1) * DIRECTIONS) % DIRECTIONS
      const [first, share] = [Math.floor(turn) % DIRECTIONS, turn - Math.floor(turn)]
      spread(x / size - 0.5, y / size - 0.5, (square, weight) => {
        features[square * DIRECTIONS + first] += strength * weight * (1 - share)
        features[square * DIRECTIONS + ((first + 1) % DIRECTIONS)] += strength * weight * share
      })
    }
  }
  const length = Math.sqrt(features.reduce((sum, value) => sum + value * value, 0)) || 1
  return features.map((value) => Math.sqrt(value / length))
}

/** Gives a point to the four squares around it, each by how near it is. */
function spread(u: number, v: number, give: (square: number, weight: number) => void): void {
  const [left, top] = [Math.floor(u), Math.floor(v)]
  for (const [column, row] of [
    [left, top],
    [left + 1, top],
    [left, top + 1],
    [left + 1, top + 1],
  ]) {
    if (column < 0 || row < 0 || column >= SQUARES || row >= SQUARES) continue
    give(row * SQUARES + column, (1 - Math.abs(u - column)) * (1 - Math.abs(v - row)))
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
