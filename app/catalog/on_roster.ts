import type { Description, Text } from '#app/catalog/description'
import { show } from '#app/catalog/field_values'

/** The fields that the list of a day shows beside who comes, and what on it must not be overlooked. */
export interface RosterRules {
  /** fields, in order */
  fields: string[]
  /** options that stand out, and by which word */
  marked: { field: string; option: string; label: Text }[]
}

/** The rules of versions that were frozen before a service could say them itself. */
const BEFORE: RosterRules = {
  fields: ['companion'],
  marked: [{ field: 'companion', option: 'wheelchair', label: { ja: '車いす', en: 'Wheelchair' } }],
}

/** Returns what of a submission goes onto the list of its day: notes in Japanese, and what must not be overlooked. */
export function onRoster(
  { groups, roster = BEFORE }: Description,
  value: (field: string) => string
): { notes: string; marked: Text | null } {
  const fields = groups.flatMap((group) => group.fields)
  const shown = roster.fields.flatMap((key) => {
    const field = fields.find((one) => one.key === key)
    return field && value(key) ? [show(field, value(key))] : []
  })
  const marked = roster.marked.find(({ field, option }) => value(field).split(',').includes(option))
  return { notes: shown.join('・'), marked: marked?.label ?? null }
}
