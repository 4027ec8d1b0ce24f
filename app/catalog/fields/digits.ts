import { narrow, narrowNumber, UNREADABLE } from '#app/catalog/fields/characters'
import { sampleDigits, WRITING, type FieldKind, type Problem } from '#app/catalog/fields/field_kind'
import { passesLuhn } from '#app/catalog/fields/luhn'

/** Digits in groups that a space or a hyphen parts, put together; null where anything else stands there. */
function groupedDigits(text: string): string | null {
  const plain = narrowNumber(text)
  return /^[\d●]+(?:[- ][\d●]+)*$/.test(plain) ? plain.replace(/[- ]/g, '') : null
}

/** A number of digits. Where its length is known it may be written in groups; else a separator is asked about. */
export const digits: FieldKind = {
  name: 'digits',
  label: 'studio.kind_digits',
  keying: 'digits',
  paper: 'line',
  reading: { of: 'digits', loose: true },
  editing: { ...WRITING, check: true, size: true },
  usualFor: 'comb',
  example: ({ cells }) => '1234567890123'.slice(0, cells ?? 4),
  sample: (random, { field }) =>
    field.cells ? sampleDigits(random, field.cells) : String(random.whole(1, 6)),

  normalize(text, field) {
    const typed = narrow(text)
    if (typed === '') return { value: '' }
    const value = groupedDigits(text)
    const doubt = (problem: Problem) => ({ value: typed, problem })
    if (value === null || (!field.cells && value !== typed)) return doubt('digits')
    if (value.includes(UNREADABLE)) return { value }
    if (field.cells && value.length !== field.cells) return doubt('length')
    if (field.check === 'luhn' && !passesLuhn(value)) return doubt('check_digit')
    return { value }
  },
}
