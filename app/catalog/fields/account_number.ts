import { account } from '#app/catalog/fields/account'
import { sampleDigits } from '#app/catalog/fields/field_kind'

/** 口座番号: seven digits. */
export const accountNumber = account({
  name: 'account_number',
  label: 'studio.kind_account_number',
  cells: 7,
  least: 7,
  fromTheRight: true,
  suggestions: [{ words: /口座番号/, key: 'account_number', linkable: true, rank: 20 }],
  example: () => '1234567',
  sample: (random) => sampleDigits(random, 7),
})
