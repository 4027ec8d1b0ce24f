import type { EntryGroup, Field } from '#app/catalog/description'
import type ServiceVersion from '#app/catalog/service_version'
import { compareEntries, counted, entriesFor, neededFor } from '#app/keying/compare_entries'
import type { Entry } from '#app/keying/entry'

/** The machine's entry stands beside those of people, whose passes begin with 1. */
export const MACHINE_PASS = 0
/** The pass of who keys what the others disagree on, where the group says so. */
export const THIRD_PASS = 3
/** The pass of who keys what is known already: none of those that make a value. */
export const RECHECK_PASS = 9

/** Whether the machine may key fields of a group. */
export function isForMachine(group: EntryGroup, version: ServiceVersion): boolean {
  if (group.keying) return group.keying === 'machine'
  return version.description.enoughBases.includes('machine')
}

/** The passes of people that a group needs, once the machine has keyed some of its fields, or none. */
export function passesOf(group: EntryGroup, byMachine: ReadonlySet<string>): number[] {
  const isWhole = group.fields.every(({ key }) => byMachine.has(key))
  return neededFor(group) === 1 || isWhole ? [1] : [1, 2]
}

/**
 * The fields of a group that a pass keys: the first all of them; the second what the machine didn't; the third what
 * the others gave differently.
 */
export function fieldsOfPass(group: EntryGroup, pass: number, entries: Entry[]): Field[] {
  if (pass === RECHECK_PASS) return group.fields
  const before = counted(group, entries).filter((entry) => entry.pass < pass)
  if (pass === THIRD_PASS)
    return compareEntries(group, before).flatMap(({ agreed, field }) => (agreed ? [] : field))
  const machine = before.find(({ source }) => source === 'machine')
  if (pass === 1 || !machine) return group.fields
  return group.fields.filter(({ key }) => !(key in machine.values))
}

/** Whether every field of a group was keyed by as many as it needs. */
export function isKeyed(group: EntryGroup, entries: Entry[]): boolean {
  return group.fields.every((field) => entriesFor(group, field, entries).length >= neededFor(group))
}

/** Whether somebody else is to key a group before the leader is asked. */
export function needsThird(group: EntryGroup, entries: Entry[]): boolean {
  return group.third === true && !entries.some(({ pass }) => pass === THIRD_PASS)
}
