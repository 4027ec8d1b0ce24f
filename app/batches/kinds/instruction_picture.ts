import sharp from 'sharp'
import { firstPage } from '#app/reading/decoding/first_page'
import type { Refusal } from '#app/reading/decoding/messages'

const SIZE = { width: 1000, height: 1000 }

/** Makes a picture for instructions (WebP) out of whatever was handed in: its first page, opened in the decoding child. */
export async function instructionPicture(
  file: Buffer
): Promise<{ ok: true; image: Buffer } | { ok: false; reason: Refusal }> {
  const opened = await firstPage(file)
  if (!opened.ok) return opened
  const image = await sharp(opened.page)
    .resize({ ...SIZE, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer()
  return { ok: true, image }
}
