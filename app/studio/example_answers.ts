import { kindOf } from '#app/catalog/field_values'
import type { ServiceFiles } from '#app/catalog/description'

/** Answers for every field that somebody fills in, as an example beside the empty form. */
export function exampleAnswers({ groups, person }: ServiceFiles): Record<string, string> {
  return Object.fromEntries(
    groups
      .flatMap((group) => group.fields)
      .flatMap((field) => {
        const value = field.key === person.watchword ? 'あさがお' : kindOf(field).example?.(field)
        return value ? [[field.key, value]] : []
      })
  )
}
