import { enclosingOf } from '#app/replies/enclosures/enclosing_of'
import { phrasedText } from '#app/replies/products/phrased_text'
import { addressCode } from '#app/catalog/addresses/address_code'
import { customerBarcode } from '#app/core/customer_barcode'
import { isNumbered, OFFICE_NOTE, type Letter } from '#app/replies/letter'
import type { SheetToPrint } from '#app/replies/products/product'
import { eraDate } from '#app/core/japanese_calendar'
import { qrSvg } from '#app/core/qr_code'
import { typeset, type Template } from '#app/core/typesetter'
import { SEEN } from '#app/core/window_envelope'

export interface TypesetSheets {
  pdf: Buffer
  pages: number
  /** first and last page of each, from 1; with the form behind it */
  ranges: { from: number; to: number }[]
  /** pages of each letter itself */
  letterPages: number[]
  /** whether address and name of each are seen as a whole, wherever its sheet lies */
  fits: boolean[]
  /** whether each bears a customer barcode */
  barcodes: boolean[]
}

export interface TypesetSheetsOptions {
  /** PDF/UA: for a letter alone */
  accessible?: boolean
  /** in a child process, for many */
  apart?: boolean
}

/**
 * Typesets letters, postcards or the like as one document: a batch shares its fonts, and every sheet carries its code.
 * @param template a file of resources/print, or the text of one; it marks each piece `letter` and what a window shows `window`
 */
export async function typesetSheets(
  template: Template,
  sheets: SheetToPrint[],
  options: TypesetSheetsOptions = {}
): Promise<TypesetSheets> {
  const behind = await enclosingOf(sheets)
  const result = await typeset(
    template,
    {
      title: sheets.length === 1 ? sheets[0].letter.text.title : `${sheets.length}`,
      window: SEEN,
      letters: await Promise.all(
        sheets.map(async ({ letter, sheet }, index) => ({
          ...letter,
          honorific: letter.honorific ?? '様',
          barcode: barcodeOf(letter),
          text: phrasedText(letter.text),
          number: isNumbered(letter)
            ? (sheet?.documentNumber ?? '')
            : letter.text.documentNumber === OFFICE_NOTE
              ? OFFICE_NOTE
              : '',
          // A letter bears the day on which it is posted.
          date: sheet ? eraDate(sheet.datedOn) : letter.date,
          key: String(index),
          sheet: sheet
            ? {
                number: sheet.number,
                code: sheet.code,
                svg: await qrSvg(sheetCodeText(sheet.code)),
              }
            : null,
        }))
      ),
    },
    {
      accessible: options.accessible,
      // A form is others' file: it is opened apart.
      apart: options.apart || behind ? ['letter', 'window'] : undefined,
      enclosing: behind?.enclosing,
    }
  )
  const windows = result.marks<{ fits: boolean; barcode?: boolean }>('window')
  return {
    pdf: result.pdf,
    pages: result.pages,
    ...rangesOf(result.marks('letter'), behind?.pages),
    fits: windows.map((mark) => mark.fits),
    barcodes: windows.map((mark) => mark.barcode ?? false),
  }
}

/** Counts the pages of forms in. @param behind pages that follow each letter */
function rangesOf(
  letters: { from: number; to: number }[],
  behind: number[] = []
): Pick<TypesetSheets, 'ranges' | 'letterPages'> {
  let before = 0
  const ranges = letters.map(({ from, to }, index) => {
    const begin = from + before
    before += behind[index] ?? 0
    return { from: begin, to: to + before }
  })
  return { ranges, letterPages: letters.map(({ from, to }) => to - from + 1) }
}

/** The bars by which the post sorts it; null where its rules ask for none. */
function barcodeOf({ to }: Letter): string | null {
  return customerBarcode(to.postcode.normalize('NFKC').replace(/\D/g, ''), addressCode(to.address))
}

/** Returns what the code of a sheet says to a scanner. */
function sheetCodeText(code: string): string {
  return `HWS/${code}`
}
