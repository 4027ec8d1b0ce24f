import { AT_THE_SAME_TIME } from '#app/core/typesetting/children'
import { clearCode } from '#app/core/ids'
import { today } from '#app/core/clock'
import type { Letter } from '#app/replies/letter'
import { products } from '#app/replies/products/product'

/** Nobody encloses more by hand; a cell that makes more isn't meant for a letter. */
export const MAX_PAGES = 4

/** Pages of a letter, and what is wrong with it in print: `column: problem`. */
export interface Printable {
  pages: number
  faults: string[]
}

/** Typesets letters to see whether each can be printed, on all cores; what comes of it isn't kept. */
export async function typesetParts(product: string, letters: Letter[]): Promise<Printable[]> {
  const size = Math.ceil(letters.length / AT_THE_SAME_TIME)
  const parts = Array.from({ length: AT_THE_SAME_TIME }, (_part, index) =>
    letters.slice(index * size, (index + 1) * size)
  ).filter((part) => part.length > 0)
  const made = await Promise.all(parts.map((part) => typesetPart(product, part)))
  return made.flat()
}

async function typesetPart(product: string, letters: Letter[]): Promise<Printable[]> {
  const sheets = letters.map((letter, index) => ({
    letter,
    sheet: { number: index + 1, code: clearCode(8), documentNumber: null, datedOn: today() },
  }))
  const { ranges, letterPages, fits } = await products.get(product).typeset!(sheets, {
    apart: true,
  })
  return letters.map((_letter, index) => {
    const pages = ranges[index].to - ranges[index].from + 1
    return { pages, faults: printFaults(fits[index], letterPages[index]) }
  })
}

/** Says what is wrong with a letter in print. @param pages of the letter itself */
export function printFaults(fits: boolean, pages: number): string[] {
  if (!fits) return ['住所: window']
  return pages > MAX_PAGES ? [`pages: ${pages}`] : []
}
