import { narrow, narrowNumber, UNREADABLE } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'

/** ¥12,000-, 12000円也, 30000.00: digits, thousands parted or not, and cents only where there are none. */
const MONEY = /^(?:¥|￥|金)? ?(\d+|\d{1,3}(?:[,，、]\d{3})+)(?:\.0{1,2})? ?(?:円|円也|也)?[-.]?$/
const MAX_DIGITS = 9

/** Yen. */
export const money: FieldKind = {
  name: 'money',
  label: 'studio.kind_money',
  keying: 'line',
  paper: 'amount',
  reading: { of: 'digits', loose: true },
  editing: { ...WRITING, usual: { cells: 8 } },
  fromTheRight: true,
  suggestions: [{ words: /金額|円$/, key: 'amount', rank: 130 }],
  example: () => '10000',
  sample: (random) => String(random.whole(1, 60) * 5_000),

  normalize(text) {
    const typed = narrow(text)
    if (typed === '') return { value: '' }
    const plain = narrowNumber(text)
    if (plain.includes(UNREADABLE)) return { value: plain }
    const amount = MONEY.exec(plain)?.[1]
      .replace(/[,，、]/g, '')
      .replace(/^0+(?=\d)/, '')
    return amount && amount.length <= MAX_DIGITS
      ? { value: amount }
      : { value: typed, problem: 'money' }
  },
  show: (value) => (/^\d+$/.test(value) ? `${Number(value).toLocaleString('ja-JP')}円` : value),
}
