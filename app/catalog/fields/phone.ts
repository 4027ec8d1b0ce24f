import { narrow, narrowNumber, UNREADABLE } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'

/** Digits with the signs that people part them by. */
const WRITTEN = /^\+?[\d●](?:[-. ()/]*[\d●])*\)?$|^\([\d●]+\)(?:[-. ()/]*[\d●])+$/
const COUNTRY = /^(?:\+|00)81(?:\(0\)|0)?/
const EXTENSION = /内線|内|ext|x|#|代表/i

/**
 * Numbers of Japan (総務省 電気通信番号計画): eleven digits after 050, 060, 070, 080, 090 and 0800, ten else. One number,
 * without extension.
 */
export const phone: FieldKind = {
  name: 'phone',
  label: 'studio.kind_phone',
  keying: 'digits',
  paper: 'line',
  reading: { of: 'digits', loose: true },
  editing: { ...WRITING, usual: { width: 110 } },
  suggestions: [{ words: /電話|TEL|連絡先/i, key: 'phone', linkable: true, rank: 70 }],
  example: () => '0263001234',
  sample: () => '',

  normalize(text) {
    const typed = narrow(text)
    if (typed === '') return { value: '' }
    const plain = narrowNumber(text)
    if (!WRITTEN.test(plain))
      return { value: typed, problem: EXTENSION.test(plain) ? 'phone_extension' : 'phone' }
    const value = plain
      .replace(/[-. /]/g, '')
      .replace(COUNTRY, '0')
      .replace(/[()]/g, '')
    if (/^[\d●]{6,11}$/.test(value) && value.includes(UNREADABLE)) return { value }
    return isNumber(value) ? { value } : { value: typed, problem: 'phone' }
  },
  onPaper: (value) => ({
    text:
      value.length === 10 ? `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}` : value,
  }),
}

function isNumber(digits: string): boolean {
  // 0000000000, 0111111111: written to fill the box.
  if (/^\d(\d)\1+$/.test(digits)) return false
  if (/^0[5-9]0/.test(digits)) return /^(?:0[5-9]0[1-9]\d{7}|0800\d{7})$/.test(digits)
  return /^0[1-9]\d{8}$/.test(digits)
}
