import type { FormPlace } from '#app/replies/enclosures/form_place'

/** Something to look at in each place of a form: the word's own name, digits in cells, the first of several options. */
export function exampleValues(places: FormPlace[]): Record<string, string> {
  const values: Record<string, string> = {}
  const cells = (word: string, page: number) =>
    places
      .filter((one) => one.kind === 'comb' && one.word === word && one.page === page)
      .reduce((sum, one) => sum + (one.cells ?? 1), 0)
  for (const { word, when, page } of places) {
    if (!word) continue
    const count = cells(word, page)
    values[word] ??= when ?? (count > 0 ? '1234567890'.repeat(4).slice(0, count) : `〔${word}〕`)
  }
  return values
}
