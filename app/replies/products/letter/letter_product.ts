import type { Product } from '#app/replies/products/product'
import { typesetSheets } from '#app/replies/products/typeset_sheets'

/** A letter on A4 for an envelope with a window. */
export const letterProduct: Product = {
  name: 'letter',
  leaves: 'print_run',
  planLabel: 'print_runs.plan_letter',
  numbered: true,
  copied: true,
  encloses: true,
  mailable: true,
  typeset: (sheets, options) => typesetSheets('letter.typ', sheets, options),
}
