import type { Problem } from '#app/catalog/fields/field_kind'
import { readRegistered, type RegisteredPerson } from '#app/registry/registered_person'

/** The facts by which a person is told on a screen, and where mail goes instead. */
const ASKED = [
  'number',
  'kana',
  'name',
  'birthDate',
  'phone',
  'sendToPostcode',
  'sendTo',
  'sendToName',
] as const satisfies (keyof RegisteredPerson)[]

/** Brings what was typed about a person into the form of the register, with what is doubtful. */
export function checkPerson(typed: Record<string, unknown>): {
  values: Partial<RegisteredPerson>
  problems: Record<string, Problem>
} {
  const checked = ASKED.map((key) => {
    const text = typed[key]
    return [key, readRegistered(key, typeof text === 'string' ? text : '')] as const
  })
  return {
    values: Object.fromEntries(checked.map(([key, { value }]) => [key, value])),
    problems: Object.fromEntries(
      checked.flatMap(([key, { problem }]) => (problem ? [[key, problem]] : []))
    ),
  }
}
