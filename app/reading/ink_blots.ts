import type { Box, GrayImage } from '#app/reading/gray_image'

/** Ink that hangs together. */
export interface Blot extends Box {
  /** px of ink */
  area: number
  /** px from the start of the picture's data */
  pixels: Int32Array
}

/** Finds the ink of a picture: everything darker than `level` that touches, diagonally too. */
export function blotsOf({ data, width, height }: GrayImage, level: number): Blot[] {
  const seen = new Uint8Array(data.length)
  const stack = new Int32Array(data.length)
  const blots: Blot[] = []
  for (let start = 0; start < data.length; start++) {
    if (seen[start] || data[start] >= level) continue
    let [left, right, top, bottom] = [width, 0, height, 0]
    let [open, count] = [1, 0]
    stack[0] = start
    seen[start] = 1
    const pixels: number[] = []
    while (open > 0) {
      const at = stack[--open]
      pixels.push(at)
      count++
      const [x, y] = [at % width, Math.floor(at / width)]
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const next = row * width + column
          if (seen[next] || data[next] >= level) continue
          seen[next] = 1
          stack[open++] = next
        }
      }
    }
    blots.push({
      left,
      top,
      width: right - left + 1,
      height: bottom - top + 1,
      area: count,
      pixels: Int32Array.from(pixels),
    })
  }
  return blots
}

/** The blots on white paper: dirt and neighbors are gone. */
export function alone(picture: GrayImage, blots: Blot[]): GrayImage {
  const data = new Uint8Array(picture.data.length).fill(255)
  const { width } = picture
  for (const blot of blots) {
    for (const at of blot.pixels) {
      // Its soft edge belongs to a stroke.
      for (const near of [at, at - 1, at + 1, at - width, at + width])
        if (near >= 0 && near < data.length) data[near] = Math.min(data[near], picture.data[near])
    }
  }
  return { ...picture, data }
}
