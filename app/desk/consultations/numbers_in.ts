/** Ten or eleven digits from a 0 on, however they are set apart: 0263-00-1234, 0263 00 1234, (0263)00ー1234. */
const NUMBER = /(?<!\d)0(?:[\s()\-‐‑–—−ー]{0,2}\d){9,10}(?!\d)/g

/** Finds the phone numbers among words, in digits; a longer number isn't one. */
export function numbersIn(words: string): string[] {
  const found = words.normalize('NFKC').match(NUMBER) ?? []
  return found.map((number) => number.replaceAll(/\D/g, ''))
}
