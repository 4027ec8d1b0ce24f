import { Decoder } from '#app/reading/decoding/decoder'
import type { Refusal } from '#app/reading/decoding/messages'

/** Opens the first page of whatever was handed in (JPEG), in a decoding child. */
export async function firstPage(
  file: Buffer
): Promise<{ ok: true; page: Buffer } | { ok: false; reason: Refusal }> {
  const decoder = new Decoder()
  const pages: Buffer[] = []
  try {
    const decoded = await decoder.decode(file, async ({ jpeg }) => void pages.push(jpeg), {
      max: 1,
    })
    return decoded.ok ? { ok: true, page: pages[0] } : decoded
  } finally {
    decoder.close()
  }
}
