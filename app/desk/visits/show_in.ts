import { show } from '#app/catalog/kinds'
import type { AskedFor } from '#app/submissions/asked_for'

/** A value as a person reads it; stops by number and name. */
export function showIn(
  { version, value }: AskedFor,
  key: string,
  stops: Map<number, string>,
  locale: 'ja' | 'en'
): string {
  const { handover } = version.description
  const text = value(key)
  if (handover.connector === 'ride' && [handover.from, handover.to].includes(key) && text)
    return `${text} ${stops.get(Number(text)) ?? ''}`
  return show(version.field(key), text, locale)
}
