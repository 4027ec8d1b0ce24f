import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { fingerprint } from '#app/registry/compare_register'
import { applyStop, liftStop } from '#app/registry/apply_stop'
import { stopKindOf } from '#app/registry/stop_kinds'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import RegisterImport, { changeSealContext } from '#app/registry/register_import'
import { NOBODY, personSealContext, type RegisteredPerson } from '#app/registry/registered_person'
import { writeRegisterTokens } from '#app/registry/write_register_tokens'
import { newId } from '#app/core/ids'
import { createSealers, openSealer, openSealers, type Sealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

const BATCH = 500

interface ChangeRow {
  id: string
  kind: 'added' | 'changed' | 'died' | 'moved' | 'missing'
  person_id: string | null
  number_token: string
  values: Buffer
}

/**
 * Brings a difference that somebody has agreed to into the register, a part at a time; where a worker died in the
 * middle, the next goes on. What ends for those who died is done after that, for each by itself: places that others
 * wait for must not be locked by a long file.
 */
export async function takeRegister(importId: string): Promise<void> {
  await withClaim('register_import', importId, 'taking', async (attempt) => {
    const found = await RegisterImport.findOrFail(importId)
    if (attempt > MAX_ATTEMPTS) return giveUp(found)
    while (await applyNext(importId)) continue
    const { clientId, takenBy: actorId } = found
    for await (const { stops, facts } of stoppedAndLifted(found))
      await transition((t) =>
        stops ? applyStop(t, { clientId, facts, actorId }) : liftStop(t, { clientId, facts })
      )
    await transition(async (t) => {
      if (await found.taken(t)) t.announce(`register-imports/${importId}`)
    })
  })
}

/** It stopped again and again: others go on, and somebody is told that a part of it is in the register. */
async function giveUp(found: RegisterImport): Promise<void> {
  await transition(async (t) => {
    const open = await lockTaking(t, found.id)
    if (!open) return
    await open.refuse(t, 'given_up')
    t.announce(`register-imports/${found.id}`)
  })
}

/** Writes the next changes of an import that is being taken; whether there are more. */
async function applyNext(importId: string): Promise<boolean> {
  return transition(async (t) => {
    const found = await lockTaking(t, importId)
    if (!found || found.detail.applied) return false
    const { after } = found.detail
    const rows: ChangeRow[] = await t.trx
      .from('register_changes')
      .where('import_id', importId)
      .whereNot('kind', 'faulty')
      .if(after, (query) => query.where('id', '>', after!))
      .orderBy('id')
      .limit(BATCH)
    const sealer = await openSealer(found.dataKeyId, t.trx)
    const changes = rows.map((row) => ({ ...row, person: opened(sealer, row) }))
    const of = (...kinds: ChangeRow['kind'][]) => changes.filter((one) => kinds.includes(one.kind))
    await add(t.trx, found, of('added'))
    await markLifting(t.trx, of('changed'))
    await update(t.trx, of('changed'))
    await leave(t.trx, 'died', of('died'))
    await leave(t.trx, 'moved', of('moved', 'missing'))
    const applied = rows.length < BATCH
    await found
      .merge({
        rowsDone: found.rowsDone + rows.length,
        // A part that went well is no attempt that failed.
        attempts: 0,
        detail: { ...found.detail, after: rows.at(-1)?.id ?? after, applied },
      })
      .save()
    t.announce(`register-imports/${importId}`)
    return !applied
  })
}

function lockTaking(t: Transition, id: string): Promise<RegisterImport | null> {
  return RegisterImport.query({ client: t.trx }).where({ id, state: 'taking' }).forUpdate().first()
}

/** Marks changes by which a register stops nothing any more. */
async function markLifting(trx: TransactionClientContract, changes: Change[]): Promise<void> {
  const going = changes.filter(({ person }) => stopKindOf(person.stopped) === null)
  await trx
    .from('register_changes')
    .whereIn(
      'id',
      going.map((one) => one.id)
    )
    .whereIn('person_id', (people) =>
      people.from('register_people').whereNotNull('stop_kind').select('id')
    )
    .update({ lifts: true })
}

async function leave(
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

/** To whom nothing is sent from now on: who has died, and of whom the file says so; and to whom it may go again. */
async function* stoppedAndLifted(
  found: RegisterImport
): AsyncGenerator<{ stops: boolean; facts: RegisteredPerson }> {
  const sealer = await openSealer(found.dataKeyId)
  for (let after = ''; ;) {
    const rows: (ChangeRow & { lifts: boolean })[] = await db
      .from('register_changes')
      .where('import_id', found.id)
      .whereIn('kind', ['died', 'added', 'changed'])
      .if(after !== '', (query) => query.where('id', '>', after))
      .orderBy('id')
      .limit(BATCH)
    for (const row of rows) {
      const facts = opened(sealer, row)
      const stops = row.kind === 'died' || stopKindOf(facts.stopped) !== null
      if (stops || row.lifts) yield { stops, facts }
    }
    if (rows.length < BATCH) return
    after = rows.at(-1)!.id
  }
}

function opened(sealer: Sealer, row: { id: string; values: Buffer }): RegisteredPerson {
  return {
    ...NOBODY,
    ...sealer.openJson<Partial<RegisteredPerson>>(changeSealContext(row.id), row.values),
  }
}

interface Change extends ChangeRow {
  person: RegisteredPerson
}

async function add(
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

async function update(trx: TransactionClientContract, changes: Change[]): Promise<void> {
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
