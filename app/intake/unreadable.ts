import sharp from 'sharp'
import { blotsOf } from '#app/reading/ink_blots'
import type { GrayImage } from '#app/reading/gray_image'

/** px; the longer side of what characters are looked for in */
const LOOKED_AT = 400
/** So many pieces are left of the longer side at the most. */
const PIECES = 12
/** A piece is as high as so many characters: how much ink one of them has can't be told. */
const CHARACTERS = 2.5
/** Pieces that are left where no character is found: any could fill the picture. */
const PIECES_UNTOLD = 2
/** Steps of gray that are left */
const STEP = 42
/** px; how large the picture is that is shown */
const SHOWN = 220

/**
 * Makes what is kept of a page that may bear a My Number and can't be told: pieces so large that no character in it can
 * be read, however close the camera came and whatever was cropped. It tells light from dark, and little more.
 */
export async function unreadable(jpeg: Buffer, picture: GrayImage): Promise<Buffer> {
  const { width, height } = picture
  const longer = Math.max(width, height)
  const tallest = await tallestCharacter(jpeg)
  const told = tallest === null ? PIECES_UNTOLD : Math.floor(longer / (CHARACTERS * tallest))
  const pieces = Math.max(1, Math.min(PIECES, told))
  const scale = pieces / longer
  const [columns, rows] = [width, height].map((side) => Math.max(1, Math.round(side * scale)))
  const small = await sharp(jpeg)
    .grayscale()
    .resize({ width: columns, height: rows, fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  const coarse = small.map((level) => Math.min(255, Math.round(level / STEP) * STEP))
  return sharp(coarse, { raw: { width: columns, height: rows, channels: 1 } })
    .resize({
      width: Math.max(1, Math.round((width / longer) * SHOWN)),
      height: Math.max(1, Math.round((height / longer) * SHOWN)),
      fit: 'fill',
      kernel: 'nearest',
    })
    .jpeg({ quality: 60 })
    .toBuffer()
}

/** Height in px of the largest thing in a picture that could be a character; null where nothing tells. */
async function tallestCharacter(jpeg: Buffer): Promise<number | null> {
  const { width: w = 1, height: h = 1 } = await sharp(jpeg).metadata()
  const { data, info } = await sharp(jpeg)
    .grayscale()
    .resize({ width: LOOKED_AT, height: LOOKED_AT, fit: 'inside' })
    .normalise()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const picture = { data: new Uint8Array(data), width: info.width, height: info.height }
  const mean = data.reduce((sum, level) => sum + level, 0) / data.length
  const inverted = { ...picture, data: picture.data.map((level) => 255 - level) }
  const scale = Math.max(w, h) / Math.max(info.width, info.height)
  const heights = [
    ...blotsOf(picture, mean * 0.8),
    ...blotsOf(inverted, (255 - mean) * 0.8),
  ].flatMap((blot) => {
    const tall = Math.max(blot.height, blot.width * 0.8)
    const isFrame = blot.height > info.height * 0.97 && blot.width > info.width * 0.97
    const isLine = Math.max(blot.width / blot.height, blot.height / blot.width) > 12
    return isFrame || isLine || tall < 3 ? [] : [tall * scale]
  })
  return heights.length > 0 ? Math.max(...heights) : null
}
