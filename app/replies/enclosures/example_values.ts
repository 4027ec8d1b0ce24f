import { seriesOf } from '#app/replies/enclosures/fill_form'
import type { FormPlace } from '#app/replies/enclosures/form_place'

/**
 * Something to look at in each place of a form: the word's own name, digits in cells (one fewer, so that it is seen where
 * they begin), the first of several options.
 */
export function exampleValues(places: FormPlace[]): Record<string, string> {
  const values: Record<string, string> = {}
  for (const series of seriesOf(places.filter(({ kind, word }) => kind === 'comb' && word))) {
    const cells = series.reduce((sum, { cells: count = 1 }) => sum + count, 0)
    const digits = '1234567890'.repeat(4).slice(0, Math.max(1, cells - 1))
    const word = series[0].word!
    if (!values[word] || digits.length < values[word].length) values[word] = digits
  }
  for (const { word, when } of places) if (word) values[word] ??= when ?? `〔${word}〕`
  return values
}
