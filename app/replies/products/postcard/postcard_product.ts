import type { Product } from '#app/replies/products/product'
import { typesetSheets } from '#app/replies/products/typeset_sheets'

/** A postcard, 100 × 148 mm. */
export const postcardProduct: Product = {
  name: 'postcard',
  leaves: 'print_run',
  planLabel: 'print_runs.plan_postcard',
  mailable: true,
  typeset: (sheets, options) => typesetSheets('postcard.typ', sheets, options),
}
