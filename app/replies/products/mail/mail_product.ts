import type { Product } from '#app/replies/products/product'

/** An e-mail, for those who want one; it stands for what would have been printed. */
export const mailProduct: Product = { name: 'mail', leaves: 'mail' }
