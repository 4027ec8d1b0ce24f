/** Reads a whole number of at most six digits, of any width; NaN for anything else. */
export function typedNumber(text: string): number {
  const digits = text.normalize('NFKC').trim()
  return /^\d{1,6}$/.test(digits) ? Number(digits) : Number.NaN
}
