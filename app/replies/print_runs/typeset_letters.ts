import { phrasedText } from '#app/replies/print_runs/phrased_text'
import { isNumbered, OFFICE_NOTE, type Letter } from '#app/replies/letter'
import { eraDate } from '#app/core/japanese_calendar'
import { qrSvg } from '#app/core/qr_code'
import { typeset } from '#app/core/typesetter'
import { SEEN } from '#app/core/window_envelope'

export interface LetterSheet {
  letter: Letter
  /** in a print run: the sheet's number and code, the document number that the city gave it, the day it is posted */
  sheet?: { number: number; code: string; documentNumber: string | null; datedOn: string }
}

export interface TypesetLetters {
  pdf: Buffer
  pages: number
  /** first and last page of each letter, from 1 */
  ranges: { from: number; to: number }[]
  /** whether address and name of each are seen as a whole, wherever its sheet lies */
  fits: boolean[]
}

/** The template of each product that is printed in runs. */
const TEMPLATES = { letter: 'letter.typ', postcard: 'postcard.typ' }
export type PrintProduct = keyof typeof TEMPLATES

/** Typesets letters or postcards as one document: a batch shares its fonts, and every sheet carries its code. */
export async function typesetLetters(
  sheets: LetterSheet[],
  options: { accessible?: boolean; product?: PrintProduct } = {}
): Promise<TypesetLetters> {
  const result = await typeset(
    TEMPLATES[options.product ?? 'letter'],
    {
      title: sheets.length === 1 ? sheets[0].letter.text.title : `${sheets.length}`,
      window: SEEN,
      letters: sheets.map(({ letter, sheet }, index) => ({
        ...letter,
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
          ? { number: sheet.number, code: sheet.code, svg: qrSvg(sheetCodeText(sheet.code)) }
          : null,
      })),
    },
    { accessible: options.accessible }
  )
  return {
    pdf: result.pdf,
    pages: result.pages,
    ranges: result.marks<{ from: number; to: number }>('letter'),
    fits: result.marks<{ fits: boolean }>('window').map((mark) => mark.fits),
  }
}

/** What the code of a sheet says to a scanner. */
export function sheetCodeText(code: string): string {
  return `HWS/${code}`
}
