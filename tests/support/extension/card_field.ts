import { narrow, narrowNumber } from '#app/catalog/fields/characters'
import { sampleDigits, WRITING, type FieldKind } from '#app/catalog/fields/field_kind'

/** The number of a library card: L and six digits, on paper the digits alone. */
export const cardField: FieldKind = {
  name: 'card',
  label: 'extension.card',
  keying: 'extension::card',
  paper: 'line',
  reading: { of: 'digits', loose: true },
  editing: { ...WRITING, usual: { cells: 6 } },
  suggestions: [{ words: /図書館カード/, key: 'card', rank: 5 }],
  sample: (random) => `L${sampleDigits(random, 6)}`,

  normalize(text) {
    const digits = /^L?(\d{6})$/i.exec(narrowNumber(text))?.[1]
    if (digits) return { value: `L${digits}` }
    const value = narrow(text)
    return value === '' ? { value } : { value, problem: 'length' }
  },
  show: (value) => value.replace(/^L(\d{3})(\d{3})$/, 'L-$1-$2'),
  typed: (value) => value.replace('L', ''),
  onPaper: (value) => ({ text: value.replace('L', '') }),
}
