import sharp from 'sharp'
import type { Random } from '#app/core/random'
import type { Raster } from '#app/core/rasterize'

/** Lays the ink over the print: where either is dark the paper is dark. */
export function overlay(print: Raster, ink: Raster): Raster {
  const data = Buffer.alloc(print.data.length)
  for (let index = 0; index < data.length; index++)
    data[index] = Math.min(print.data[index], ink.data[index])
  return { ...print, data }
}

/** Makes a clean page look scanned: askew, a little blurred, with noise and gray paper. Returns a JPEG. */
export async function lookScanned(page: Raster, random: Random): Promise<Buffer> {
  const turned = await sharp(page.data, {
    raw: { width: page.width, height: page.height, channels: 1 },
  })
    .rotate(random.between(-1.4, 1.4), { background: '#f4f4f4' })
    .blur(random.between(0.4, 0.9))
    .resize(page.width, page.height, { fit: 'cover', position: 'center' })
    .grayscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  const paper = random.between(236, 252)
  const grain = random.between(4, 14)
  for (let index = 0; index < turned.length; index++) {
    turned[index] = Math.max(
      0,
      Math.min(255, (turned[index] * paper) / 255 + (random.next() - 0.5) * grain)
    )
  }
  return sharp(turned, { raw: { width: page.width, height: page.height, channels: 1 } })
    .withMetadata({ density: 200 })
    .jpeg({ quality: random.whole(55, 85) })
    .toBuffer()
}
