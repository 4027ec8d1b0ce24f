import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'

let ready: Promise<void> | undefined

/**
 * A QR code as SVG, without a margin, that survives a seventh of it being lost (level M).
 * @throws when the text is too long for one
 */
export async function qrSvg(text: string): Promise<string> {
  await (ready ??= prepare())
  const { svg, error } = await writeBarcode(text, {
    format: 'QRCode',
    options: 'eclevel=M',
    addQuietZones: false,
    scale: 1,
  })
  const [, size, path] = /<svg width="(\d+)"[\s\S]*<path d="([^"]+)"/.exec(svg) ?? []
  if (!size) throw new Error(`No QR code: ${error}`)
  return `<svg viewBox="0 0 ${size} ${size}" xmlns="http://www.w3.org/2000/svg"><path d="${path}"/></svg>`
}

/** The writer is part of the package: nothing is fetched. */
async function prepare(): Promise<void> {
  const wasm = await readFile(
    createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm')
  )
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength)
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}
