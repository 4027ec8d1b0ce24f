import { narrow, toKatakana } from '#app/catalog/fields/characters'
import { WRITING, type FieldKind, type Normalized } from '#app/catalog/fields/field_kind'

const SMALL_KANA = 'ァィゥェォッャュョヮ'
const LARGE_KANA = 'アイウエオツヤユヨワ'

/** 口座名義 in kana. */
export const accountHolder: FieldKind = {
  name: 'account_holder',
  label: 'studio.kind_account_holder',
  keying: 'line',
  paper: 'line',
  reading: { of: 'kana', oneLine: false },
  editing: { ...WRITING, usual: { width: 150 } },
  suggestions: [{ words: /口座名義/, key: 'account_holder', linkable: true, rank: 30 }],
  example: () => 'アオミネ ハナコ',
  sample: (_random, { resident }) => inBankKana(resident.kana).value,

  normalize: inBankKana,
}

/** Spells a text as banks exchange it: kana without small ones, capitals, digits and few signs (全銀協). */
function inBankKana(text: string): Normalized {
  const value = toKatakana(narrow(text))
    .replace(new RegExp(`[${SMALL_KANA}]`, 'g'), (small) => LARGE_KANA[SMALL_KANA.indexOf(small)])
    .replaceAll('－', '-')
    .toUpperCase()
  return /^[\u30A1-\u30FA\u30FC ●A-Z0-9().\-/]*$/.test(value)
    ? { value }
    : { value: narrow(text), problem: 'kana' }
}
