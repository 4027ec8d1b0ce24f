import { cut, type Box, type GrayImage } from '#app/reading/gray_image'
import { blotsOf } from '#app/reading/ink_blots'
import { SCALE } from '#app/reading/registered_page'

/** Level of a leveled page that paper reaches in single pixels only, not in strokes. */
const PALE = 238
/** mm; a shorter one is dirt or the paper's own grain */
const STROKE = 2.5
/** px of ink for each px of its length: grain that happens to touch is thinner */
const THICK = 1.5

/** Whether a stroke stands in a box that is too pale to be read: somebody wrote with a hard pencil, or it faded. */
export function hasPaleStroke(picture: GrayImage, box: Box): boolean {
  return blotsOf(smoothed(cut(picture, box)), PALE).some(({ width, height, area }) => {
    const length = Math.max(width, height)
    return length >= STROKE * SCALE && area >= THICK * length
  })
}

/** Each pixel the mean of its neighborhood: grain fades, strokes stay. */
function smoothed({ data, width, height }: GrayImage): GrayImage {
  const mean = new Uint8Array(data.length).fill(255)
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      let sum = 0
      for (let row = y - 1; row <= y + 1; row++)
        for (let column = x - 1; column <= x + 1; column++) sum += data[row * width + column]
      mean[y * width + x] = sum / 9
    }
  return { data: mean, width, height }
}
