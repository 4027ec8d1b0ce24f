import { PDFiumLibrary } from '@hyzyla/pdfium'
import { PrintedText, type PdfiumText } from '../../app/reading/decoding/printed_text.js'

/** The text of a PDF, page by page, without white space. */
export async function pagesOf(pdf: Buffer): Promise<string[]> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  const pages = Array.from({ length: document.getPageCount() }, (_, index) =>
    document.getPage(index).getText().replace(/\s/g, '')
  )
  document.destroy()
  library.destroy()
  return pages
}

/** Finds where words stand on a page (from 1); points from its top left corner. */
export async function placedWords(pdf: Buffer, words: string[], number = 1) {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  const page = document.getPage(number - 1)
  const { originalWidth, originalHeight } = page.getOriginalSize()
  const mm = 25.4 / 72
  const characters = new PrintedText(library['module'] as unknown as PdfiumText, page['pageIdx'], {
    width: originalWidth * mm,
    height: originalHeight * mm,
  }).characters()
  const text = characters.map((one) => one.text).join('')
  const placed = words.flatMap((word) => {
    const at = text.indexOf(word)
    if (at < 0) return []
    const own = characters.slice(at, at + word.length).map((one) => one.ink)
    return [
      {
        left: Math.min(...own.map((ink) => ink.x)) / mm,
        right: Math.max(...own.map((ink) => ink.x + ink.width)) / mm,
        top: Math.min(...own.map((ink) => ink.y)) / mm,
        bottom: Math.max(...own.map((ink) => ink.y + ink.height)) / mm,
      },
    ]
  })
  document.destroy()
  library.destroy()
  return placed
}
