import sharp from 'sharp'
import { SCALE } from '#app/reading/registered_page'

/**
 * Cuts the picture that is shown to who keys: an area of the registered page in mm. A page that could
 * not be laid out as printed is shown whole.
 */
export async function cutSnippet(
  page: { registered: Buffer } | { whole: Buffer },
  area: { x: number; y: number; width: number; height: number }
): Promise<Buffer> {
  if ('whole' in page) return page.whole
  const left = Math.max(0, Math.round(area.x * SCALE))
  const top = Math.max(0, Math.round(area.y * SCALE))
  const picture = sharp(page.registered)
  const { width, height } = await picture.metadata()
  return picture
    .extract({
      left,
      top,
      width: Math.min(width - left, Math.round(area.width * SCALE)),
      height: Math.min(height - top, Math.round(area.height * SCALE)),
    })
    .jpeg({ quality: 72, mozjpeg: true })
    .toBuffer()
}
