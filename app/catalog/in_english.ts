import type { Text } from '#app/catalog/description'

/** Returns what was said in English; nothing where the Japanese stands for it, so that it goes on doing so. */
export function inEnglish(text: Text | undefined): string | undefined {
  return text && text.en !== text.ja ? text.en : undefined
}
