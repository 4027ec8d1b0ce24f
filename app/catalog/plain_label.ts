import type { Text } from '#app/catalog/description'

/** A label without what stands in parentheses behind it: a price, a remark for who fills in the paper. */
export function plainLabel(label: Text): Text {
  return { ja: plain(label.ja), en: plain(label.en) }
}

function plain(text: string): string {
  return text.replace(/\s*\([^)]*\)$/, '')
}
