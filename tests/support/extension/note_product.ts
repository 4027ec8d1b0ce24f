import { readFileSync } from 'node:fs'
import type { Product } from '#app/replies/products/product'
import { typesetSheets } from '#app/replies/products/typeset_sheets'

const source = readFileSync(new URL('note.typ', import.meta.url), 'utf8')

/** A note on A6 for a small envelope. */
export const noteProduct: Product = {
  name: 'note',
  leaves: 'print_run',
  planLabel: 'extension.plan_note',
  typeset: (sheets, options) => typesetSheets({ source }, sheets, options),
}
