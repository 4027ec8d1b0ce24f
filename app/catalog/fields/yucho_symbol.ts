import { account } from '#app/catalog/fields/account'
import { sampleDigits } from '#app/catalog/fields/field_kind'

/** 記号 of ゆうちょ銀行: of an ordinary account 1xxx0, of a transfer account 0xxxx. */
export const yuchoSymbol = account({
  name: 'yucho_symbol',
  label: 'studio.kind_yucho_symbol',
  cells: 5,
  least: 0,
  fits: (value) => /^(1\d{3}0|0\d{4})$/.test(value),
  example: () => '12340',
  sample: (random) => `1${sampleDigits(random, 3)}0`,
})
