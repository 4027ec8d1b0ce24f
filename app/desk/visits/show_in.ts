import { show } from '#app/catalog/field_values'
import type { AskedFor } from '#app/submissions/asked_for'

/**
 * A value as a person reads it.
 * @param shown values that the connector shows otherwise, by field (`shownValues`)
 */
export function showIn(
  { version, value }: AskedFor,
  key: string,
  shown: Map<string, string>,
  locale: 'ja' | 'en'
): string {
  return shown.get(key) ?? show(version.field(key), value(key), locale)
}
