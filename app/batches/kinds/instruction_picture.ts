import sharp from 'sharp'
import { Decoder } from '#app/reading/decoding/decoder'
import type { Refusal } from '#app/reading/decoding/messages'

const SIZE = { width: 1000, height: 1000 }

/** Makes a picture for instructions (WebP) out of whatever was handed in: its first page, opened in the decoding child. */
export async function instructionPicture(
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
  const image = await sharp(pages[0])
    .resize({ ...SIZE, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer()
  return { ok: true, image }
}
