import { leavesOf } from '#app/catalog/leaves_of'
import type { ServiceFiles } from '#app/catalog/description'

/** One thing that another definition says otherwise. */
export interface Change {
  /** where, in words of the definition: `fields.phone.required` */
  at: string
  before: string | null
  after: string | null
}

/** Lists what would change: every value that is new, gone or other, and what stands in another order. */
export function differenceOf(before: ServiceFiles | null, after: ServiceFiles): Change[] {
  const [old, next] = [before ? flat(before) : new Map<string, string>(), flat(after)]
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((at) => old.get(at) !== next.get(at))
    .map((at) => ({ at, before: old.get(at) ?? null, after: next.get(at) ?? null }))
}

function flat({ groups, ...rest }: ServiceFiles): Map<string, string> {
  return new Map([
    ...leavesOf({ ...rest, groups: groups.map((group) => group.key).join(' ') }),
    ...groups.flatMap(({ fields, ...group }) => [
      ...leavesOf(
        { ...group, fields: fields.map((field) => field.key).join(' ') },
        `groups.${group.key}`
      ),
      ...fields.flatMap((field) => leavesOf({ ...field, group: group.key }, `fields.${field.key}`)),
    ]),
  ])
}
