import { presence } from '#app/catalog/fields/presence'

/** A signature: there or not. */
export const signature = presence({
  name: 'signature',
  label: 'studio.kind_signature',
  paper: 'line',
  usual: { width: 110 },
  suggestions: [{ words: /署名|自署/, key: 'signature', linkable: true, rank: 100 }],
})
