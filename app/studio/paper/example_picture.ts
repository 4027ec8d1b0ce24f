import sharp from 'sharp'
import { PICTURE } from '#app/catalog/guide_pictures'
import { firstPage } from '#app/reading/decoding/first_page'
import type { Refusal } from '#app/reading/decoding/messages'

const COLORS = 16

/**
 * A picture for the keying guide out of whatever was handed in: its first page without the empty paper around, small
 * enough to stand beside a snippet (PNG).
 */
export async function examplePicture(
  file: Buffer
): Promise<{ ok: true; image: Buffer } | { ok: false; reason: Refusal }> {
  const opened = await firstPage(file)
  if (!opened.ok) return opened
  const trimmed = await sharp(opened.page)
    .trim({ threshold: 40 })
    .toBuffer()
    // Paper with nothing on it has no edges.
    .catch(() => opened.page)
  for (let scale = 1; ; scale *= 0.7) {
    const image = await sharp(trimmed)
      .resize({
        width: Math.round(PICTURE.width * scale),
        height: Math.round(PICTURE.height * scale),
        fit: 'inside',
        withoutEnlargement: true,
      })
      .png({ palette: true, colours: COLORS })
      .toBuffer()
    if (image.length <= PICTURE.bytes) return { ok: true, image }
  }
}
