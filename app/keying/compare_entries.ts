import type { EntryGroup, Field } from '#app/catalog/description'
import { UNREADABLE } from '#app/catalog/fields/characters'
import type { Entry } from '#app/keying/entry'

export type Comparison =
  | { field: Field; agreed: true; value: string; entries: Entry[] }
  | { field: Field; agreed: false; entries: Entry[] }

/** The number of entries that must give the same for a value of a group to stand. */
export function neededFor(group: EntryGroup): number {
  return group.keying === 'one' ? 1 : 2
}

/** The entries that count for a group: where people alone are to key it, what the machine gave before doesn't. */
export function counted(group: EntryGroup, entries: Entry[]): Entry[] {
  const byPeople = group.keying === 'one' || group.keying === 'two'
  return byPeople ? entries.filter(({ source }) => source !== 'machine') : entries
}

/** The entries that say something about a field: the machine keys some of a group, and people then the rest. */
export function entriesFor(group: EntryGroup, field: Field, entries: Entry[]): Entry[] {
  return counted(group, entries).filter(({ values }) => field.key in values)
}

/**
 * Compares what the passes gave for each field of a group. What as many as are needed gave alike stands, with their
 * entries; values that differ, or that hold a character nobody could read, are for a third keyer or the leader.
 */
export function compareEntries(group: EntryGroup, entries: Entry[]): Comparison[] {
  const needed = neededFor(group)
  return group.fields.map((field) => {
    const given = entriesFor(group, field, entries)
    const values = Map.groupBy(given, (entry) => entry.values[field.key])
    // Where one is enough and more have keyed it, none of them stands against another.
    const alike = [...values].find(
      ([value, by]) =>
        by.length >= needed && (needed > 1 || values.size === 1) && !value.includes(UNREADABLE)
    )
    return alike
      ? { field, agreed: true, value: alike[0], entries: alike[1] }
      : { field, agreed: false, entries: given }
  })
}
