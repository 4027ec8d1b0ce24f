import type { Decision } from '#app/keying/adjudicate'

/** Returns what is decided of each field: the entry that was chosen, or a text of one's own (chosen: `typed`). */
export function decisionsOf(
  chosen: Record<string, string>,
  typed: Record<string, string>
): Record<string, Decision> {
  return Object.fromEntries(
    Object.entries(chosen).map(([field, choice]) => [
      field,
      choice === 'typed' ? { typed: typed[field] ?? '' } : { entryId: choice },
    ])
  )
}
