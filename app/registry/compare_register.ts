import db from '@adonisjs/lucid/services/db'
import { forgetImport } from '#app/registry/forget_import'
import RegisterImport, { changeSealContext } from '#app/registry/register_import'
import RegisterPerson, { type RegisteredPerson } from '#app/registry/registered_person'
import { fingerprints, registerToken, registerTokens } from '#app/registry/register_tokens'
import { countImports } from '#app/registry/count_imports'
import { openRegister, type RegisterRow } from '#app/registry/open_register'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { newId } from '#app/core/ids'
import { inBatches } from '#app/core/in_batches'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer, openSealers, type Sealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

const BATCH = 500

type ChangeKind = 'added' | 'changed' | 'died' | 'moved' | 'missing' | 'faulty'

interface Change {
  kind: ChangeKind
  row: number | null
  personId: string | null
  numberToken: string | null
  values: RegisteredPerson
  problem: string | null
}

/**
 * Works out what a received register file would change, a part at a time. Nothing is taken before somebody has seen it.
 * Begun anew where a worker died in the middle.
 */
export async function compareRegister(importId: string): Promise<void> {
  await withClaim('register_import', importId, 'received', async (attempt) => {
    const found = await RegisterImport.findOrFail(importId)
    if (attempt > MAX_ATTEMPTS) return refuse(found, 'given_up')
    await beginAnew(found)
    // Whatever is being taken now is only there when it is taken: then this is compared once more.
    const base = await countImports(found.serviceId, ['taken'], db)
    const sealer = await openSealer(found.dataKeyId)
    const table = await openRegister(await readSealedFile(sealer, found.file))
    if (!table.ok) {
      const { reason, columns, row } = table
      return refuse(found, reason, { columns, row })
    }
    await found.merge({ rows: table.count, encoding: table.encoding }).save()
    const counts: Record<string, number> = { same: 0, unknown: 0 }
    let done = 0
    for await (const rows of inBatches(table.people(), BATCH)) {
      const { changes, same, unknown } = await compareRows(found, sealer, rows)
      counts.same += same
      counts.unknown += unknown
      for (const { kind } of changes) counts[kind] = (counts[kind] ?? 0) + 1
      done += rows.length
      await notifyProgress(found.id, done)
    }
    if (found.mode === 'full') {
      const missing = await keepMissing(found, sealer)
      if (missing > 0) counts.missing = missing
    }
    await end(found, (t, open) => open.compared(t, { counts, base }))
  })
}

async function beginAnew(found: RegisterImport): Promise<void> {
  for (const table of ['register_changes', 'register_seen'])
    await db.from(table).where('import_id', found.id).delete()
  await found.merge({ rowsDone: 0 }).save()
}

async function notifyProgress(id: string, done: number): Promise<void> {
  await transition(async (t) => {
    await t.trx.from('register_imports').where('id', id).update({ rows_done: done })
    t.announce(`register-imports/${id}`)
  })
}

function refuse(
  found: RegisterImport,
  reason: RegisterImport['reason'],
  detail?: RegisterImport['detail']
): Promise<void> {
  return end(found, (t, open) => open.refuse(t, reason, detail).then(() => forgetImport(t, open)))
}

async function end(
  found: RegisterImport,
  finish: (t: Transition, open: RegisterImport) => Promise<void>
): Promise<void> {
  await transition(async (t) => {
    const open = await RegisterImport.query({ client: t.trx })
      .where({ id: found.id, state: 'received' })
      .forUpdate()
      .first()
    if (!open) return
    await finish(t, open)
    await t.trx.from('register_seen').where('import_id', found.id).delete()
    t.announce(`register-imports/${found.id}`)
  })
}

/** Compares some rows with the register, and keeps what differs. */
async function compareRows(found: RegisterImport, sealer: Sealer, rows: RegisterRow[]) {
  const numbers = rows.flatMap(({ person }) => registerTokens(person.number))
  const known = await RegisterPerson.query()
    .where('serviceId', found.serviceId)
    .whereIn('numberToken', numbers)
  const byToken = new Map(known.map((person) => [person.numberToken, person]))
  const changes: Change[] = []
  const seen = new Set<string>()
  let same = 0
  let unknown = 0
  for (const row of rows) {
    // Also in a row that can't be taken: who stands in the file is not missing from it.
    const person = registerTokens(row.person.number).flatMap((token) => byToken.get(token) ?? [])[0]
    if (person) seen.add(person.id)
    const kind = kindOf(row, person)
    if (!kind && row.change && !person) unknown++
    else if (!kind) same++
    else
      changes.push({
        kind,
        row: row.row,
        personId: person?.id ?? null,
        numberToken: row.reasons.length > 0 ? null : registerToken(row.person.number),
        values: row.person,
        problem:
          row.reasons.map(({ column, problem }) => `${column}:${problem}`).join('\n') || null,
      })
  }
  await keep(found, sealer, changes)
  if (found.mode === 'full' && seen.size > 0)
    await db.rawQuery(
      'insert into register_seen (import_id, person_id) select ?, unnest(?::uuid[]) on conflict do nothing',
      [found.id, [...seen]]
    )
  return { changes, same, unknown }
}

/** Keeps who is in the register but not in a file that says to be all of it; how many. */
async function keepMissing(found: RegisterImport, sealer: Sealer): Promise<number> {
  let count = 0
  for (let after = ''; ;) {
    const missing = await RegisterPerson.query()
      .where({ serviceId: found.serviceId, state: 'eligible' })
      .if(after !== '', (query) => query.where('id', '>', after))
      .whereNotExists((seen) =>
        seen
          .from('register_seen')
          .where('import_id', found.id)
          .whereColumn('register_seen.person_id', 'register_people.id')
          .select('person_id')
      )
      .orderBy('id')
      .limit(BATCH)
    const sealers = await openSealers(missing.map((person) => person.dataKeyId))
    await keep(
      found,
      sealer,
      missing.map((person) => ({
        kind: 'missing',
        row: null,
        personId: person.id,
        numberToken: person.numberToken,
        values: person.open(sealers.get(person.dataKeyId)!),
        problem: null,
      }))
    )
    count += missing.length
    if (missing.length < BATCH) return count
    after = missing.at(-1)!.id
  }
}

function kindOf(row: RegisterRow, person: RegisterPerson | undefined): ChangeKind | null {
  if (row.reasons.length > 0) return 'faulty'
  // Somebody who died or moved and never was in the register changes nothing.
  if (row.change) return person && person.state !== row.change ? row.change : null
  if (!person) return 'added'
  const as = fingerprints(row.person)
  return person.state === 'eligible' && as.includes(person.fingerprint) ? null : 'changed'
}

async function keep(found: RegisterImport, sealer: Sealer, changes: Change[]): Promise<void> {
  if (changes.length === 0) return
  await db.table('register_changes').multiInsert(
    changes.map((change) => {
      const id = newId()
      return {
        id,
        import_id: found.id,
        row_number: change.row,
        kind: change.kind,
        person_id: change.personId,
        number_token: change.numberToken,
        values: sealer.sealJson(changeSealContext(id), change.values),
        problem: change.problem,
      }
    })
  )
}
