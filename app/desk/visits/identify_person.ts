import { newestVersion } from '#app/catalog/frozen_version'
import { checkTyped, fromRegister } from '#app/desk/visits/open_person'
import type Visit from '#app/desk/visits/visit'
import type { Problem } from '#app/catalog/fields/field_kind'
import {
  registeredByNumber,
  registeredByTerms,
  type Registered,
} from '#app/registry/find_registered'
import { termsToFind } from '#app/submissions/terms_to_find'

/** Facts that were said or scanned to find out who it is; as typed. */
export type Facts = Partial<Record<'number' | 'kana' | 'birthDate' | 'phone', string>>

export type Identified =
  /** `typed`: what was said, without what the register says */
  | {
      found: 'one'
      values: Record<string, string>
      typed: Record<string, string>
      registered: Registered
    }
  /** several are called so: another fact is asked before anything of them is shown */
  | { found: 'several'; count: number; ask: 'birthDate' | 'phone' | 'number' }
  | { found: 'none'; values: Record<string, string> }
  | { found: 'doubtful'; problems: Record<string, Problem> }

/**
 * Finds out who somebody is, by the client's register: by the voucher's number, else by name and further facts
 * until exactly one is left.
 */
export async function identifyPerson(visit: Visit, facts: Facts): Promise<Identified> {
  const version = await newestVersion(visit.serviceId)
  const fields = version.description.person
  const keyOf: Record<keyof Facts, string | undefined> = {
    number: fields.number,
    kana: fields.kana,
    birthDate: fields.birthDate,
    phone: fields.phone,
  }
  const typed = Object.fromEntries(
    Object.entries(facts).flatMap(([fact, text]) => {
      const key = keyOf[fact as keyof Facts]
      return key && text ? [[key, fact === 'number' ? bareNumber(text) : text]] : []
    })
  )
  const { values, problems } = checkTyped(version, Object.keys(typed), typed)
  if (Object.keys(problems).length > 0) return { found: 'doubtful', problems }
  const value = (key: string | undefined) => (key && values[key]) || ''
  if (value(fields.number)) {
    const one = await registeredByNumber(visit.serviceId, value(fields.number))
    return one
      ? { found: 'one', values: fromRegister(fields, one), typed: values, registered: one }
      : { found: 'none', values }
  }
  const people = await registeredByTerms(
    visit.serviceId,
    termsToFind({
      kana: value(fields.kana),
      phone: value(fields.phone),
      birthDate: value(fields.birthDate),
    })
  )
  if (people.length === 1)
    return {
      found: 'one',
      values: fromRegister(fields, people[0]),
      typed: values,
      registered: people[0],
    }
  if (people.length === 0) return { found: 'none', values }
  const ask = !value(fields.birthDate) ? 'birthDate' : !value(fields.phone) ? 'phone' : 'number'
  return { found: 'several', count: people.length, ask }
}

/** Some scanners send the start and stop letters of the barcode (NW-7) as well. */
function bareNumber(text: string): string {
  return text.normalize('NFKC').replace(/^[A-Da-d]|[A-Da-d]$/g, '')
}
