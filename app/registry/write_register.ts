import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type RegisterImport from '#app/registry/register_import'
import { fingerprint } from '#app/registry/register_tokens'
import { personSealContext, type RegisteredPerson } from '#app/registry/registered_person'
import { writeRegisterTokens } from '#app/registry/write_register_tokens'
import { newId } from '#app/core/ids'
import { createSealers, openSealers, type Sealer } from '#app/core/sealing'

/** One row of a difference, as it is kept. */
export interface ChangeRow {
  id: string
  kind: 'added' | 'changed' | 'died' | 'moved' | 'missing'
  person_id: string | null
  number_token: string
  values: Buffer
}

export interface Change extends ChangeRow {
  person: RegisteredPerson
}

/** Adds people with keys of their own. */
export async function addPeople(
  trx: TransactionClientContract,
  found: RegisterImport,
  changes: Change[]
): Promise<void> {
  if (changes.length === 0) return
  const sealers = await createSealers(trx, 'register_person', changes.length)
  const people = changes.map((one, index) => ({ ...one, id: newId(), sealer: sealers[index] }))
  // Two files that add the same person, compared before either was taken: the first one stands.
  const inserted: { id: string }[] = await trx
    .knexQuery()
    .insert(
      people.map((one) => ({
        id: one.id,
        client_id: found.clientId,
        service_id: found.serviceId,
        number_token: one.number_token,
        data_key_id: one.sealer.dataKeyId,
        values: one.sealer.sealJson(personSealContext(one.id), one.person),
        fingerprint: fingerprint(one.person),
      }))
    )
    .into('register_people')
    .onConflict(['service_id', 'number_token'])
    .ignore()
    .returning('id')
  const kept = new Set(inserted.map((row) => row.id))
  await writeRegisterTokens(
    trx,
    people.filter((one) => kept.has(one.id))
  )
}

/** Changes what is known of these people. */
export async function changePeople(
  trx: TransactionClientContract,
  changes: Change[]
): Promise<void> {
  if (changes.length === 0) return
  const rows: { id: string; data_key_id: string }[] = await trx
    .from('register_people')
    .whereIn(
      'id',
      changes.map((one) => one.person_id!)
    )
    .select('id', 'data_key_id')
  const sealers = await openSealers(
    rows.map((row) => row.data_key_id),
    trx
  )
  const sealerOf = new Map<string, Sealer>(
    rows.map((row) => [row.id, sealers.get(row.data_key_id)!])
  )
  for (const one of changes) {
    const id = one.person_id!
    await trx
      .from('register_people')
      .where('id', id)
      .update({
        values: sealerOf.get(id)!.sealJson(personSealContext(id), one.person),
        fingerprint: fingerprint(one.person),
        state: 'eligible',
        updated_at: trx.raw('now()'),
      })
  }
  const people = changes.map((one) => ({ id: one.person_id!, person: one.person }))
  await writeRegisterTokens(trx, people)
}

/** They have died, or moved away. */
export async function endPeople(
  trx: TransactionClientContract,
  state: 'died' | 'moved',
  changes: Change[]
): Promise<void> {
  await trx
    .from('register_people')
    .whereIn(
      'id',
      changes.flatMap((one) => one.person_id ?? [])
    )
    .update({ state, updated_at: trx.raw('now()') })
}
