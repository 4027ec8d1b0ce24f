import { isReadable } from '#app/catalog/fields/characters'
import type { AskedFor } from '#app/submissions/asked_for'

/** Whether every required value can be read. */
export function isComplete({ version, value }: AskedFor): boolean {
  return version.fields.every((field) => !field.required || isReadable(value(field.key)))
}
