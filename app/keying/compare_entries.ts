import type { EntryGroup, Field } from '#app/catalog/description'
import { UNREADABLE } from '#app/catalog/fields/characters'
import type { Entry } from '#app/keying/entry'

/** The number of people who key each group without seeing each other. */
export const PASSES = 2

export type Comparison =
  | { field: Field; agreed: true; value: string; entryId: string }
  | { field: Field; agreed: false; entries: Entry[] }

/**
 * Compares what the passes gave for each field of a group. Equal values stand; values that differ, or
 * that hold a character nobody could read, are decided by the leader.
 */
export function compareEntries(group: EntryGroup, entries: Entry[]): Comparison[] {
  return group.fields.map((field) => {
    const values = entries.map((entry) => entry.values[field.key] ?? '')
    const agreed =
      entries.length >= PASSES &&
      values.every((value) => value === values[0]) &&
      !values[0].includes(UNREADABLE)
    return agreed
      ? { field, agreed, value: values[0], entryId: entries[0].id }
      : { field, agreed: false, entries }
  })
}
