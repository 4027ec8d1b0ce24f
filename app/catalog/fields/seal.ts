import { presence } from '#app/catalog/fields/presence'

/** A seal: there or not. */
export const seal = presence({
  name: 'seal',
  label: 'studio.kind_seal',
  paper: 'ring',
  suggestions: [{ words: /^印$|押印|㊞/, key: 'seal', rank: 110 }],
})
