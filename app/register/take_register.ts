import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type User from '#app/identity/user'
import { fingerprint, takenFiles } from '#app/register/compare_register'
import { applyStop, liftStop } from '#app/register/apply_stop'
import { stopKindOf } from '#app/register/stop_kinds'
import RegisterImport, { changePlace } from '#app/register/register_import'
import { NOBODY, personPlace, type RegisteredPerson } from '#app/register/registered_person'
import { writeRegisterTokens } from '#app/register/write_register_tokens'
import { newId } from '#app/shared/ids'
import { createSealers, openSealer, openSealers, type Sealer } from '#app/shared/sealing'
import { transition, type Transition } from '#app/shared/transition'

const BATCH = 500

interface ChangeRow {
  id: string
  kind: 'added' | 'changed' | 'died' | 'moved' | 'missing'
  person_id: string | null
  number_token: string
  values: Buffer
}

/**
 * Somebody has seen the difference and takes it, or drops it. Where another file was taken since, what was shown is no
 * longer so: it is compared again first.
 */
export async function decideOnRegister(
  user: User,
  importId: string,
  take: boolean
): Promise<'done' | 'overtaken' | 'late'> {
  return transition(async (t) => {
    const found = await RegisterImport.query({ client: t.trx })
      .where({ id: importId, state: 'compared' })
      .forUpdate()
      .first()
    if (!found) return 'late'
    // Two files of one service are decided on one after the other.
    await t.trx.from('services').where('id', found.serviceId).forUpdate().select('id')
    if (take && (await takenFiles(found.serviceId, t.trx)) !== found.detail.base) {
      await t.trx.from('register_changes').where('import_id', importId).delete()
      await found.merge({ state: 'received' }).save()
      t.record({
        verb: 'register.overtaken',
        subject: { type: 'register_import', id: importId },
        clientId: found.clientId,
        actorId: user.id,
      })
      return 'overtaken'
    }
    await found.merge({ state: take ? 'taking' : 'dropped', takenBy: user.id }).save()
    t.record({
      verb: `register.${found.state}`,
      subject: { type: 'register_import', id: importId },
      clientId: found.clientId,
      actorId: user.id,
    })
    return 'done'
  })
}

/**
 * Brings a difference that somebody has agreed to into the register, all of it or nothing. What ends for those who died
 * is done after that, for each by itself: places that others wait for must not be locked by a long file.
 */
export async function takeRegister(importId: string): Promise<void> {
  const found = await transition((t) => apply(t, importId))
  if (!found) return
  const { stopped, lifted } = await peopleOf(found)
  const { clientId, takenBy: actorId } = found
  for (const facts of stopped) await transition((t) => applyStop(t, { clientId, facts, actorId }))
  for (const facts of lifted) await transition((t) => liftStop(t, { clientId, facts }))
  await transition(async (t) => {
    const [taken] = await t.trx
      .from('register_imports')
      .where({ id: importId, state: 'taking' })
      .update({ state: 'taken' })
      .returning(['id'])
    if (!taken) return
    t.announce(`register-imports/${importId}`)
    t.record({
      verb: 'register.taken',
      subject: { type: 'register_import', id: importId },
      clientId: found.clientId,
      actorId: found.takenBy,
      detail: found.detail.counts,
    })
  })
}

/** Writes the changes, once; the import, as long as it is being taken. */
async function apply(t: Transition, importId: string): Promise<RegisterImport | null> {
  const found = await RegisterImport.query({ client: t.trx })
    .where({ id: importId, state: 'taking' })
    .forUpdate()
    .first()
  if (!found || found.detail.applied) return found
  // Two files of one service are taken one after the other.
  await t.trx.from('services').where('id', found.serviceId).forUpdate().select('id')
  const sealer = await openSealer(found.dataKeyId, t.trx)
  const lifted: string[] = []
  for (let after = 0; ; after += BATCH) {
    const rows: ChangeRow[] = await t.trx
      .from('register_changes')
      .where('import_id', importId)
      .whereNot('kind', 'faulty')
      .orderBy('id')
      .offset(after)
      .limit(BATCH)
    const changes = rows.map((row) => ({
      ...row,
      person: opened(sealer, row),
    }))
    const of = (...kinds: ChangeRow['kind'][]) => changes.filter((one) => kinds.includes(one.kind))
    await add(t.trx, found, of('added'))
    lifted.push(...(await liftedIn(t.trx, of('changed'))))
    await update(t.trx, of('changed'))
    await leave(t.trx, 'died', of('died'))
    await leave(t.trx, 'moved', of('moved', 'missing'))
    if (rows.length < BATCH) break
  }
  await t.trx
    .from('register_imports')
    .where('id', importId)
    .update({ detail: JSON.stringify({ ...found.detail, applied: true, lifted }) })
  return found.merge({ detail: { ...found.detail, lifted } })
}

/** Changes by which a register stops nothing any more. */
async function liftedIn(trx: TransactionClientContract, changes: Change[]): Promise<string[]> {
  const going = changes.filter(({ person }) => stopKindOf(person.stopped) === null)
  const rows: { id: string }[] = await trx
    .from('register_people')
    .whereNotNull('stop_kind')
    .whereIn(
      'id',
      going.flatMap((one) => one.person_id ?? [])
    )
    .select('id')
  const stopped = new Set(rows.map((row) => row.id))
  return going.filter((one) => stopped.has(one.person_id ?? '')).map((one) => one.id)
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
async function peopleOf(
  found: RegisterImport
): Promise<{ stopped: RegisteredPerson[]; lifted: RegisteredPerson[] }> {
  const rows: { id: string; kind: string; values: Buffer }[] = await db
    .from('register_changes')
    .where('import_id', found.id)
    .whereIn('kind', ['died', 'added', 'changed'])
    .orderBy('id')
    .select('id', 'kind', 'values')
  const sealer = await openSealer(found.dataKeyId)
  const people = rows.map((row) => ({ ...row, person: opened(sealer, row) }))
  const isLifted = new Set(found.detail.lifted)
  return {
    stopped: people
      .filter(({ kind, person }) => kind === 'died' || stopKindOf(person.stopped) !== null)
      .map(({ person }) => person),
    lifted: people.filter(({ id }) => isLifted.has(id)).map(({ person }) => person),
  }
}

function opened(sealer: Sealer, row: { id: string; values: Buffer }): RegisteredPerson {
  return {
    ...NOBODY,
    ...sealer.openJson<Partial<RegisteredPerson>>(changePlace(row.id), row.values),
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
        values: one.sealer.sealJson(personPlace(one.id), one.person),
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
        values: sealerOf.get(id)!.sealJson(personPlace(id), one.person),
        fingerprint: fingerprint(one.person),
        state: 'eligible',
        updated_at: trx.raw('now()'),
      })
  }
  const people = changes.map((one) => ({ id: one.person_id!, person: one.person }))
  await writeRegisterTokens(trx, people)
}
