import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import { registerTokens } from '#app/registry/register_tokens'
import RegisterPerson, { type RegisteredPerson } from '#app/registry/registered_person'
import { openLivingSealers } from '#app/core/sealing'

export interface Registered extends RegisteredPerson {
  id: string
  state: RegisterPerson['state']
}

const MAX = 20

/** Finds who has this voucher number; null where nobody has. */
export async function registeredByNumber(
  serviceId: string,
  number: string
): Promise<Registered | null> {
  const found = await RegisterPerson.query()
    .where('serviceId', serviceId)
    .whereIn('numberToken', registerTokens(number))
    .first()
  return found ? ((await openAll([found]))[0] ?? null) : null
}

/** Everybody of a service's register of whom all these are true (see `termsToFind`). */
export async function registeredByTerms(
  serviceId: string,
  terms: string[][]
): Promise<Registered[]> {
  if (terms.length === 0) return []
  const query = RegisterPerson.query().where('serviceId', serviceId).limit(MAX)
  for (const tokens of terms) {
    query.whereIn('id', (sub) =>
      sub.from('register_tokens').whereIn('token', tokens).select('person_id')
    )
  }
  return openAll(await query)
}

async function openAll(people: RegisterPerson[], client: Queries = db): Promise<Registered[]> {
  const sealers = await openLivingSealers(
    people.map((person) => person.dataKeyId),
    client
  )
  return people.flatMap((person) => {
    const sealer = sealers.get(person.dataKeyId)
    return sealer ? [{ ...person.open(sealer), id: person.id, state: person.state }] : []
  })
}

/** Counts the people whom the registers of these services hold, by how they stand. */
export function countRegistered(
  serviceIds: string[]
): Promise<{ service_id: string; state: string; count: number }[]> {
  return db
    .from('register_people')
    .whereIn('service_id', serviceIds)
    .groupBy('service_id', 'state')
    .select('service_id', 'state', db.raw('count(*)::int as count'))
}
