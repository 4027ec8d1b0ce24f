import { account } from '#app/catalog/fields/account'
import { sampleDigits } from '#app/catalog/fields/field_kind'

/** 番号 of ゆうちょ銀行: up to eight digits. */
export const yuchoNumber = account({
  name: 'yucho_number',
  label: 'studio.kind_yucho_number',
  cells: 8,
  least: 8,
  fromTheRight: true,
  example: () => '12345671',
  sample: (random) => sampleDigits(random, 8),
})
