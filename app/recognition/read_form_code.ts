import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { type FormCode, parseFormCode } from '#app/catalog/form_code'
import { halved, type GrayImage } from '#app/recognition/gray_image'

export type CodeResult =
  | { ok: true; code: FormCode }
  | { ok: false; reason: 'no_code' | 'foreign_code' }
  | { ok: false; reason: 'two_forms'; codes: FormCode[] }

let prepared: Promise<unknown> | undefined

/**
 * Which form, version, page and copy is this? Reads the QR codes of a page in any rotation: at half the
 * resolution first, which does for all but bad copies in a quarter of time and memory.
 */
export async function readFormCode(image: GrayImage): Promise<CodeResult> {
  await (prepared ??= prepare())
  const texts = (await codesIn(halved(image))) ?? (await codesIn(image))
  if (!texts) return { ok: false, reason: 'no_code' }
  const codes = texts.flatMap((text) => parseFormCode(text) ?? [])
  if (codes.length > 1) return { ok: false, reason: 'two_forms', codes }
  return codes.length === 1 ? { ok: true, code: codes[0] } : { ok: false, reason: 'foreign_code' }
}

/** The texts of all codes; null where there is none. */
async function codesIn(image: GrayImage): Promise<string[] | null> {
  const pixels = new Uint32Array(image.data.length)
  for (let index = 0; index < pixels.length; index++) {
    pixels[index] = 0xff000000 | (image.data[index] * 0x10101)
  }
  const found = await readBarcodes(
    {
      data: new Uint8ClampedArray(pixels.buffer),
      width: image.width,
      height: image.height,
      colorSpace: 'srgb',
    },
    { formats: ['QRCode'], maxNumberOfSymbols: 4, tryInvert: false }
  )
  const texts = found.filter((symbol) => symbol.isValid).map((symbol) => symbol.text)
  return texts.length > 0 ? texts : null
}

async function prepare(): Promise<void> {
  const wasm = await readFile(
    createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  )
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength)
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}
