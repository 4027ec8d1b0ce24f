/** Finds the first phone number among words, in digits; empty where there is none. */
export function numberIn(words: string): string {
  // However it was set apart: 0263-00-1234, 0263 00 1234, (0263)00ー1234.
  const closed = words.normalize('NFKC').replace(/(?<=\d)[\s()\-‐‑–—−ー]+(?=\d)/g, '')
  return /0\d{9,10}(?!\d)/.exec(closed)?.[0] ?? ''
}
