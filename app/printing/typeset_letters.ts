import { qrSvg } from '#app/shared/qr_code'
import { typeset } from '#app/shared/typesetter'
import type { Letter } from '#app/replies/letter'
import { WINDOW } from '#app/shared/window_envelope'

export interface LetterSheet {
  letter: Letter
  /** in a print run: the sheet's number and code */
  sheet?: { number: number; code: string }
}

export interface TypesetLetters {
  pdf: Buffer
  pages: number
  /** first and last page of each letter, from 1 */
  ranges: { from: number; to: number }[]
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
      window: WINDOW,
      letters: sheets.map(({ letter, sheet }, index) => ({
        ...letter,
        key: String(index),
        sheet: sheet ? { ...sheet, svg: qrSvg(sheetCodeText(sheet.code)) } : null,
      })),
    },
    { accessible: options.accessible }
  )
  return {
    pdf: result.pdf,
    pages: result.pages,
    ranges: result.marks<{ from: number; to: number }>('letter'),
  }
}

/** What the code of a sheet says to a scanner. */
export function sheetCodeText(code: string): string {
  return `HWS/${code}`
}
