import type { Option } from '#app/catalog/description'
import type { AcceptanceRules } from '#app/catalog/acceptance_rules'
import type ServiceVersion from '#app/catalog/service_version'
import type { ValueOf } from '#app/submissions/revision_values'

/** Finds what must be marked and isn't: by field. */
export function unmarked(
  version: ServiceVersion,
  { needs = [] }: Pick<AcceptanceRules, 'needs'>,
  value: ValueOf
): { field: string; options: Option[] }[] {
  return needs.flatMap(({ field, options }) => {
    const chosen = value(field).split(',')
    const missing = options.filter((option) => !chosen.includes(option))
    const all = version.field(field).options ?? []
    return missing.length === 0
      ? []
      : [{ field, options: all.filter((option) => missing.includes(option.value)) }]
  })
}
