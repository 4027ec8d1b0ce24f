import { Registry } from '#app/core/registry'
import type { Letter } from '#app/replies/letter'
import type { TypesetSheets, TypesetSheetsOptions } from '#app/replies/products/typeset_sheets'

/** One piece of a print run, or a letter alone. */
export interface SheetToPrint {
  letter: Letter
  /** in a print run: the sheet's number and code, the document number that the city gave it, the day it is posted */
  sheet?: { number: number; code: string; documentNumber: string | null; datedOn: string }
}

/** The make of a reply, and how it leaves. */
export interface Product {
  /** stored with every reply and run */
  name: string
  /** printed, enclosed and posted in runs; printed at once by who is at the desk; or by e-mail */
  leaves: 'print_run' | 'desk' | 'mail'
  /** key of the words on the button that plans a run; given `name` and `count` */
  planLabel?: string
  /** it bears the number and the day of the run, which whoever plans it gives */
  numbered?: boolean
  /** a department's own form may go with it */
  encloses?: boolean
  /** family who may hear get a copy */
  copied?: boolean
  /** it goes by e-mail instead, to those who want that */
  mailable?: boolean
  /** Typesets pieces as one document; of products that are printed in runs. */
  typeset?(sheets: SheetToPrint[], options: TypesetSheetsOptions): Promise<TypesetSheets>
}

/** The products of this installation. */
export const products = new Registry<Product>('product')

/** Those that are printed in runs, by their names. */
export function printedInRuns(): Product[] {
  return products.all().filter((product) => product.leaves === 'print_run')
}
