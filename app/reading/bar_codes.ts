import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'
import type { Box, GrayImage } from '#app/reading/gray_image'

/** A code on a page that can be read. */
export interface BarCode {
  text: string
  box: Box
}

let prepared: Promise<unknown> | undefined

/** QR codes, in any rotation; at most four. */
export function qrCodesIn(image: GrayImage): Promise<BarCode[]> {
  return codesIn(image, ['QRCode'], 4)
}

/** Codes of squares, of any kind. Codes of lines aren't looked for: combs look like them. */
export function squareCodesIn(image: GrayImage): Promise<BarCode[]> {
  return codesIn(image, ['QRCode', 'MicroQRCode', 'DataMatrix'], 20)
}

/** Codes of any kind that may hold something about a person: on cards, letters, labels. */
export function allCodesIn(image: GrayImage): Promise<BarCode[]> {
  return codesIn(
    image,
    ['QRCode', 'MicroQRCode', 'DataMatrix', 'Aztec', 'PDF417', 'Code128', 'Code39', 'EAN13', 'ITF'],
    20
  )
}

async function codesIn(
  image: GrayImage,
  formats: ReaderOptions['formats'],
  max: number
): Promise<BarCode[]> {
  await (prepared ??= prepare())
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
    { formats, maxNumberOfSymbols: max, tryInvert: false }
  )
  return found
    .filter((symbol) => symbol.isValid)
    .map(({ text, position: { topLeft, topRight, bottomRight, bottomLeft } }) => {
      const xs = [topLeft.x, topRight.x, bottomRight.x, bottomLeft.x]
      const ys = [topLeft.y, topRight.y, bottomRight.y, bottomLeft.y]
      const [left, top] = [Math.min(...xs), Math.min(...ys)]
      return {
        text,
        box: { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top },
      }
    })
}

async function prepare(): Promise<void> {
  const wasm = await readFile(
    createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  )
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength)
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}
