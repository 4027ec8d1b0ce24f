import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PDFiumLibrary } from '@hyzyla/pdfium'

export interface Raster {
  /** 8-bit gray */
  data: Uint8Array
  width: number
  height: number
}

let pdfium: Promise<PDFiumLibrary> | undefined

/** The pages of a PDF of our own making, in gray. What comes from outside is opened by the decoding child. */
export async function rasterize(pdf: Buffer, dpi = 200): Promise<Raster[]> {
  const wasm = createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')
  pdfium ??= readFile(wasm).then((binary) =>
    PDFiumLibrary.init({ wasmBinary: new Uint8Array(binary).buffer })
  )
  const document = await (await pdfium).loadDocument(pdf)
  try {
    const rasters: Raster[] = []
    for (let index = 0; index < document.getPageCount(); index++) {
      const page = document.getPage(index)
      const { originalWidth, originalHeight } = page.getOriginalSize()
      const width = Math.round((originalWidth / 72) * dpi)
      const height = Math.round((originalHeight / 72) * dpi)
      const { data } = await page.render({
        colorSpace: 'Gray',
        scale: 1,
        render: 'bitmap',
        width,
        height,
      })
      rasters.push({ data: Uint8Array.from(data), width, height })
    }
    return rasters
  } finally {
    document.destroy()
  }
}
