import { narrow } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind } from '#app/catalog/fields/field_kind'

const KANJI_DIGITS = '〇一二三四五六七八九'

/** A branch's name without 支店. ゆうちょ銀行 names its branches by kanji digits: 〇一八店. */
export const branch: FieldKind = {
  name: 'branch',
  label: 'studio.kind_branch',
  keying: 'line',
  paper: 'line',
  reading: { of: 'writing', oneLine: false, asWritten: false },
  editing: { ...WRITING, usual: { width: 100 } },
  suggestions: [{ words: /支店/, key: 'branch', rank: 40 }],
  example: () => '本店',
  sample: (random) => random.pick(['本店', '青嶺', '西町']),

  normalize(text) {
    const plain = narrow(text)
    if (/\d \d/.test(plain)) return { value: plain, problem: 'account' }
    const value = plain
      .replaceAll(' ', '')
      .replace(/(?<=.)(支店|(?<=[0-9〇○◯一二三四五六七八九])店)$/, '')
    const digits = value
      .replace(/[○◯]/g, '〇')
      .replace(/\d/g, (digit) => KANJI_DIGITS[Number(digit)])
    return { value: /^[〇一二三四五六七八九]{3}$/.test(digits) ? digits : value }
  },
}
