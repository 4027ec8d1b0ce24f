import sharp from 'sharp'
import { PICTURE } from '#app/catalog/guide_pictures'
import { Decoder } from '#app/reading/decoding/decoder'
import type { Refusal } from '#app/reading/decoding/messages'

const COLORS = 16

/**
 * A picture for the keying guide out of whatever was handed in: its first page without the empty paper around, small
 * enough to stand beside a snippet (PNG).
 */
export async function examplePicture(
  file: Buffer
): Promise<{ ok: true; image: Buffer } | { ok: false; reason: Refusal }> {
  const decoder = new Decoder()
  const pages: Buffer[] = []
  try {
    const decoded = await decoder.decode(file, async ({ jpeg }) => void pages.push(jpeg), {
      max: 1,
    })
    if (!decoded.ok) return decoded
  } finally {
    decoder.close()
  }
  const trimmed = await sharp(pages[0])
    .trim({ threshold: 40 })
    .toBuffer()
    // Paper with nothing on it has no edges.
    .catch(() => pages[0])
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
