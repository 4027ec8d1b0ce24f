import vine from '@vinejs/vine'

/** A field for a number, as people type it: an IME's digits are wide ones. */
export const wideNumber = () =>
  vine
    .number()
    .parse((typed) => (typeof typed === 'string' && typed ? typed.normalize('NFKC').trim() : typed))

/** Reads a whole number of at most six digits, of any width; NaN for anything else. */
export function typedNumber(text: string): number {
  const digits = text.normalize('NFKC').trim()
  return /^\d{1,6}$/.test(digits) ? Number(digits) : Number.NaN
}
