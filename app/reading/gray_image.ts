import sharp from 'sharp'

/** A picture in 8-bit gray; 0 is black. */
export interface GrayImage {
  data: Uint8Array
  width: number
  height: number
}

/** A rectangle in px. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Opens one of our own sealed page pictures (JPEG, gray). */
export async function openPicture(jpeg: Buffer): Promise<GrayImage> {
  const { data, info } = await sharp(jpeg)
    .grayscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

export function toJpeg(image: GrayImage, quality = 85): Promise<Buffer> {
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 1 } })
    .jpeg({ quality })
    .toBuffer()
}

/** Half as wide and high; each pixel is the mean of four. */
export function halved(image: GrayImage): GrayImage {
  const [width, height] = [image.width >> 1, image.height >> 1]
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 2 * y * image.width + 2 * x
      const below = at + image.width
      data[y * width + x] =
        (image.data[at] + image.data[at + 1] + image.data[below] + image.data[below + 1]) >> 2
    }
  }
  return { data, width, height }
}

/** Cuts a rectangle out, as far as it lies inside the picture. */
export function cut(image: GrayImage, box: Box): GrayImage {
  const left = clamp(Math.round(box.left), 0, image.width - 1)
  const top = clamp(Math.round(box.top), 0, image.height - 1)
  const width = clamp(Math.round(box.width), 1, image.width - left)
  const height = clamp(Math.round(box.height), 1, image.height - top)
  const data = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    const from = (top + row) * image.width + left
    data.set(image.data.subarray(from, from + width), row * width)
  }
  return { data, width, height }
}

/** Puts white around, and brings the picture to `height` px without the margin. */
export async function prepareLine(
  image: GrayImage,
  height: number,
  margin: number
): Promise<GrayImage> {
  const { data, info } = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: 1 },
  })
    .resize({ height, fit: 'inside', withoutEnlargement: false })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: '#fff' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** Pictures of one height in a row, with `gap` px of white between. */
export function sideBySide(images: GrayImage[], gap: number): GrayImage {
  const height = Math.max(...images.map((image) => image.height))
  const width = images.reduce((sum, image) => sum + image.width + gap, 0)
  const data = new Uint8Array(width * height).fill(255)
  let left = 0
  for (const image of images) {
    for (let row = 0; row < image.height; row++) {
      data.set(image.data.subarray(row * image.width, (row + 1) * image.width), row * width + left)
    }
    left += image.width + gap
  }
  return { data, width, height }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
