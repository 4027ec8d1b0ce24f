import { typeset } from '#app/core/typesetter'
import type { Letter } from '#app/replies/letter'
import { phrasedText } from '#app/replies/products/phrased_text'
import type { Product } from '#app/replies/products/product'

/** A slip that is printed at the counter and goes home in the hand. */
export const slipProduct: Product = { name: 'slip', leaves: 'desk' }

/** The slip as PDF, with the coupon that was given, if any. */
export async function typesetSlip(
  letter: Letter,
  coupon: { code: string; yen: number } | null
): Promise<Buffer> {
  const { pdf } = await typeset('slip.typ', {
    ...letter,
    title: letter.text.title,
    text: phrasedText(letter.text),
    coupon,
  })
  return pdf
}
