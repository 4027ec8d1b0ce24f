import { narrow, narrowNumber, UNREADABLE } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'

/** Seven digits, the first three for the district. */
export const postcode: FieldKind = {
  name: 'postcode',
  label: 'studio.kind_postcode',
  keying: 'digits',
  paper: 'postcode',
  reading: { of: 'digits', loose: true },
  editing: { ...WRITING, cells: false },
  tells: 'postcode',
  suggestions: [{ words: /郵便番号|〒/, key: 'postcode', rank: 50 }],
  example: () => '3999901',
  sample: () => '',

  normalize(text) {
    const typed = narrow(text)
    if (typed === '') return { value: '' }
    const plain = /^〒? ?([\d●]{3})[- ]{0,3}([\d●]{4})$/.exec(narrowNumber(text))
    const value = plain && plain[1] + plain[2]
    // None begins with 000, and every one has a town.
    return !value || value === '0000000'
      ? {
          value: typed.includes(UNREADABLE) ? narrowNumber(text) : typed,
          ...(typed.includes(UNREADABLE) ? {} : { problem: 'postcode' as const }),
        }
      : { value }
  },
  show: (value) => (/^[\d●]{7}$/.test(value) ? `${value.slice(0, 3)}-${value.slice(3)}` : value),
}
