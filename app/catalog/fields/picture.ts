import { presence } from '#app/catalog/fields/presence'

/** An area that is kept as it is. */
export const picture = presence({
  name: 'picture',
  label: 'studio.kind_picture',
  paper: 'line',
  usual: { width: 150 },
})
