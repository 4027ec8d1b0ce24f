import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { applyStop, liftStop } from '#app/registry/apply_stop'
import { stopKindOf } from '#app/registry/stop_kinds'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import RegisterImport, { changeSealContext } from '#app/registry/register_import'
import { NOBODY, type RegisteredPerson } from '#app/registry/registered_person'
import { addPeople, changePeople, endPeople, type ChangeRow } from '#app/registry/write_register'
import { openSealer, type Sealer } from '#app/core/sealing'
import { forgetImport } from '#app/registry/forget_import'
import { transition, type Transition } from '#app/core/transition'

const BATCH = 500

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
      if (!(await found.taken(t))) return
      await forgetImport(t, found)
      t.announce(`register-imports/${importId}`)
    })
  })
}

/** It stopped again and again: others go on, and somebody is told that a part of it is in the register. */
async function giveUp(found: RegisterImport): Promise<void> {
  await transition(async (t) => {
    const open = await lockTaking(t, found.id)
    if (!open) return
    await open.refuse(t, 'given_up')
    await forgetImport(t, open)
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
    await addPeople(t.trx, found, of('added'))
    await markLifting(t.trx, of('changed'))
    await changePeople(t.trx, of('changed'))
    await endPeople(t.trx, 'died', of('died'))
    await endPeople(t.trx, 'moved', of('moved', 'missing'))
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
async function markLifting(
  trx: TransactionClientContract,
  changes: { id: string; person: RegisteredPerson }[]
): Promise<void> {
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
