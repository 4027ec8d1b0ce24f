import { type FormCode, parseFormCode } from '#app/catalog/form_code'
import { qrCodesIn } from '#app/reading/bar_codes'
import { halved, type GrayImage } from '#app/reading/gray_image'

export type CodeResult =
  | { ok: true; code: FormCode }
  | { ok: false; reason: 'no_code' | 'foreign_code' }
  | { ok: false; reason: 'two_forms'; codes: FormCode[] }

/**
 * Tells which form, version, page and copy this is. Reads the QR codes of a page in any rotation: at half the
 * resolution first, which does for all but bad copies in a quarter of time and memory.
 */
export async function readFormCode(image: GrayImage): Promise<CodeResult> {
  const atHalf = await textsIn(halved(image))
  const texts = atHalf.length > 0 ? atHalf : await textsIn(image)
  if (texts.length === 0) return { ok: false, reason: 'no_code' }
  const codes = texts.flatMap((text) => parseFormCode(text) ?? [])
  if (codes.length > 1) return { ok: false, reason: 'two_forms', codes }
  return codes.length === 1 ? { ok: true, code: codes[0] } : { ok: false, reason: 'foreign_code' }
}

async function textsIn(image: GrayImage): Promise<string[]> {
  return (await qrCodesIn(image)).map(({ text }) => text)
}
