import type { NamedField, PrintedCharacter, PrintedBox } from './messages.ts'

type AskName = (form: number, annotation: number, buffer: number, bytes: number) => number

/** PDFium's own functions needed to ask a page for its characters and form fields. */
export interface PdfiumText {
  HEAPU8: Uint8Array
  wasmExports: { malloc(size: number): number; free(address: number): void }
  _FPDFText_LoadPage(page: number): number
  _FPDFText_ClosePage(textPage: number): void
  _FPDFText_CountChars(textPage: number): number
  _FPDFText_GetUnicode(textPage: number, index: number): number
  _FPDFText_GetLooseCharBox(textPage: number, index: number, rectangle: number): number
  _FPDFText_GetCharBox(
    textPage: number,
    index: number,
    left: number,
    right: number,
    bottom: number,
    top: number
  ): number
  _FPDFPage_GetAnnotCount(page: number): number
  _FPDFPage_GetAnnot(page: number, index: number): number
  _FPDFPage_CloseAnnot(annotation: number): void
  _FPDFAnnot_GetSubtype(annotation: number): number
  _FPDFAnnot_GetRect(annotation: number, rectangle: number): number
  _FPDFAnnot_GetFormFieldName: AskName
  _FPDFAnnot_GetFormFieldAlternateName: AskName
  _FPDF_PageToDevice(
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    pageX: number,
    pageY: number,
    deviceX: number,
    deviceY: number
  ): number
}

const WIDGET = 20
/** of a field's name */
const NAME_BYTES = 512
/** PDFium answers in whole device units: hundredths of a millimeter. */
const UNIT = 100

/** Asks a page for what is printed and which fields it has; boxes in mm from the top left. */
export class PrintedText {
  readonly #pdfium: PdfiumText
  readonly #page: number
  readonly #size: { width: number; height: number }

  readonly #form: (() => number) | undefined
  #formHandle: number | undefined

  /**
   * @param size of the page in mm
   * @param form opens the document's fields; without it they have no names
   */
  constructor(
    pdfium: PdfiumText,
    page: number,
    size: { width: number; height: number },
    form?: () => number
  ) {
    this.#form = form
    this.#pdfium = pdfium
    this.#page = page
    this.#size = size
  }

  characters(): PrintedCharacter[] {
    const pdfium = this.#pdfium
    const text = pdfium._FPDFText_LoadPage(this.#page)
    const address = pdfium.wasmExports.malloc(32)
    try {
      return Array.from({ length: pdfium._FPDFText_CountChars(text) }).flatMap((_, index) => {
        const character = String.fromCodePoint(pdfium._FPDFText_GetUnicode(text, index))
        if (character.trim() === '' || !pdfium._FPDFText_GetLooseCharBox(text, index, address))
          return []
        const place = this.#boxOf(...this.#floats(address))
        return [{ text: character, ...place, ink: this.#inkOf(text, index, address) ?? place }]
      })
    } finally {
      pdfium.wasmExports.free(address)
      pdfium._FPDFText_ClosePage(text)
    }
  }

  /** The fields of a form that can be filled in on a screen. */
  fields(): NamedField[] {
    const pdfium = this.#pdfium
    const address = pdfium.wasmExports.malloc(16)
    try {
      return Array.from({ length: pdfium._FPDFPage_GetAnnotCount(this.#page) }).flatMap(
        (_, index) => {
          const annotation = pdfium._FPDFPage_GetAnnot(this.#page, index)
          try {
            const isField = pdfium._FPDFAnnot_GetSubtype(annotation) === WIDGET
            if (!isField || !pdfium._FPDFAnnot_GetRect(annotation, address)) return []
            return [{ ...this.#boxOf(...this.#floats(address)), name: this.#nameOf(annotation) }]
          } finally {
            pdfium._FPDFPage_CloseAnnot(annotation)
          }
        }
      )
    } finally {
      pdfium.wasmExports.free(address)
    }
  }

  /** The name that a field has for people, or else for programs; empty where it has none. */
  #nameOf(annotation: number): string {
    const { _FPDFAnnot_GetFormFieldAlternateName: shown, _FPDFAnnot_GetFormFieldName: own } =
      this.#pdfium
    return this.#textOf(shown, annotation) || this.#textOf(own, annotation)
  }

  #textOf(ask: AskName, annotation: number): string {
    const pdfium = this.#pdfium
    const form = (this.#formHandle ??= this.#form?.() ?? 0)
    if (!form) return ''
    const address = pdfium.wasmExports.malloc(NAME_BYTES)
    try {
      const bytes = ask(form, annotation, address, NAME_BYTES)
      // It ends with two empty bytes; a longer one isn't given.
      if (bytes <= 2 || bytes > NAME_BYTES) return ''
      const text = Buffer.from(pdfium.HEAPU8.slice(address, address + bytes - 2))
      return text.toString('utf16le').trim()
    } finally {
      pdfium.wasmExports.free(address)
    }
  }

  #inkOf(text: number, index: number, address: number): PrintedBox | null {
    const places = [0, 8, 16, 24].map((at) => address + at) as [number, number, number, number]
    if (!this.#pdfium._FPDFText_GetCharBox(text, index, ...places)) return null
    const view = new DataView(this.#pdfium.HEAPU8.buffer, address, 32)
    const [left, right, bottom, top] = [0, 8, 16, 24].map((at) => view.getFloat64(at, true))
    return this.#boxOf(left, top, right, bottom)
  }

  /** left, top, right, bottom of a rectangle in memory; in points from the bottom left */
  #floats(address: number): [number, number, number, number] {
    const view = new DataView(this.#pdfium.HEAPU8.buffer, address, 16)
    return [0, 4, 8, 12].map((at) => view.getFloat32(at, true)) as [number, number, number, number]
  }

  /** Follows the page's own rotation and crop. */
  #boxOf(left: number, top: number, right: number, bottom: number): PrintedBox {
    const [a, b] = [this.#place(left, top), this.#place(right, bottom)]
    return {
      x: Math.min(a.x, b.x),
      y: Math.min(a.y, b.y),
      width: Math.abs(a.x - b.x),
      height: Math.abs(a.y - b.y),
    }
  }

  #place(x: number, y: number): { x: number; y: number } {
    const pdfium = this.#pdfium
    const address = pdfium.wasmExports.malloc(8)
    try {
      const { width, height } = this.#size
      const [w, h] = [Math.round(width * UNIT), Math.round(height * UNIT)]
      pdfium._FPDF_PageToDevice(this.#page, 0, 0, w, h, 0, x, y, address, address + 4)
      const view = new DataView(pdfium.HEAPU8.buffer, address, 8)
      return { x: view.getInt32(0, true) / UNIT, y: view.getInt32(4, true) / UNIT }
    } finally {
      pdfium.wasmExports.free(address)
    }
  }
}
