import type { Field } from '#app/catalog/description'

/** Options by their labels; one that there isn't stays what it is. */
export function optionLabels(value: string, locale: 'ja' | 'en', { options }: Field): string {
  if (!options) return value
  return value
    .split(',')
    .map((chosen) => options.find((option) => option.value === chosen)?.label[locale] ?? chosen)
    .join('・')
}
