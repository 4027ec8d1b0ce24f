import sharp from 'sharp'
import { rasterize } from '#app/core/rasterize'

/** The pages of a PDF of our own making as pictures (PNG, gray). */
export async function pagePictures(pdf: Buffer, dpi: number): Promise<Buffer[]> {
  const rasters = await rasterize(pdf, dpi)
  return Promise.all(
    rasters.map(({ data, width, height }) =>
      sharp(data, { raw: { width, height, channels: 1 } })
        .png()
        .toBuffer()
    )
  )
}
