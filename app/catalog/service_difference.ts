import type { ServiceFiles } from '#app/catalog/description'

/** One thing that another definition says otherwise. */
export interface Change {
  /** where, in words of the definition: `fields.phone.required` */
  at: string
  before: string | null
  after: string | null
}

/** What would change: every value that is new, gone or other. Fields are compared by their key, wherever they stand. */
export function differenceOf(before: ServiceFiles | null, after: ServiceFiles): Change[] {
  const [old, next] = [before ? flat(before) : new Map<string, string>(), flat(after)]
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((at) => old.get(at) !== next.get(at))
    .map((at) => ({ at, before: old.get(at) ?? null, after: next.get(at) ?? null }))
}

function flat({ groups, ...rest }: ServiceFiles): Map<string, string> {
  const all = new Map<string, string>()
  const put = (at: string, value: unknown): void => {
    if (value === undefined) return
    if (typeof value !== 'object' || value === null) return void all.set(at, String(value))
    for (const [key, inner] of Object.entries(value)) put(at ? `${at}.${key}` : key, inner)
  }
  put('', rest)
  for (const { fields, ...group } of groups) {
    put(`groups.${group.key}`, group)
    for (const field of fields) put(`fields.${field.key}`, { ...field, group: group.key })
  }
  return all
}
