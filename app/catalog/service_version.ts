import { ServiceVersionSchema } from '#database/schema'
import type { Description, EntryGroup, Field, GroupArea, Zone } from '#app/catalog/description'

/** A service's frozen description. Paper printed from version 3 is read by version 3. */
export default class ServiceVersion extends ServiceVersionSchema {
  declare description: Description

  get fields(): Field[] {
    const { groups, person } = this.description
    return groups
      .flatMap((group) => group.fields)
      .map((field) => (field.key === person.birthDate ? { ...field, isBirth: true } : field))
  }

  /** The same, where groups are keyed by others than it says: a leader may decide so for a while. */
  keyedBy(keying: Record<string, EntryGroup['keying']> | null): ServiceVersion {
    if (!keying) return this
    const groups = this.description.groups.map((group) =>
      group.key in keying ? { ...group, keying: keying[group.key] } : group
    )
    return Object.create(this, { description: { value: { ...this.description, groups } } })
  }

  /** @throws when the version has no such field */
  field(key: string): Field {
    const found = this.fields.find((field) => field.key === key)
    if (!found) throw new Error(`No field ${key} in version ${this.number}`)
    return found
  }

  /** @throws when the version has no such group */
  group(key: string): EntryGroup {
    const found = this.description.groups.find((group) => group.key === key)
    if (!found) throw new Error(`No entry group ${key} in version ${this.number}`)
    return found
  }

  /** Whether it is one of its groups; work of other kinds has parts of its own. */
  hasGroup(key: string): boolean {
    return this.description.groups.some((group) => group.key === key)
  }

  groupOf(fieldKey: string): EntryGroup {
    return this.description.groups.find((group) =>
      group.fields.some((field) => field.key === fieldKey)
    )!
  }

  /** Returns what is cut out of the page for who keys this group. */
  area(groupKey: string): GroupArea {
    return this.description.areas.find((area) => area.group === groupKey)!
  }

  zonesOfPage(page: number): Zone[] {
    return this.description.zones.filter((zone) => zone.page === page)
  }
}
