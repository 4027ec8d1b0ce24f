import RegisterImport, { changePlace } from '#app/register/register_import'
import RegisterPerson, {
  REGISTER_FIELDS,
  type RegisteredPerson,
} from '#app/register/registered_person'
import { readRegister, type RegisterRow } from '#app/register/read_register'
import { newId } from '#app/shared/ids'
import { readSealedFile } from '#app/shared/sealed_files'
import { blindIndex, blindIndexes, openSealer, openSealers, type Sealer } from '#app/shared/sealing'
import type { Queries } from '#app/shared/queries'
import { transition, type Transition } from '#app/shared/transition'

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

/** Works out what a received register file would change. Nothing is taken before somebody has seen it. */
export async function compareRegister(importId: string): Promise<void> {
  await transition(async (t) => {
    const found = await RegisterImport.query({ client: t.trx })
      .where({ id: importId, state: 'received' })
      .forUpdate()
      .first()
    if (!found) return
    const sealer = await openSealer(found.dataKeyId, t.trx)
    const read = readRegister(await readSealedFile(sealer, found.file))
    if (read.ok) {
      const { changes, same, unknown } = await changesOf(t, found, read.rows)
      await keep(t, found, sealer, changes)
      const counts = Object.fromEntries([
        ...[...Map.groupBy(changes, (change) => change.kind)].map(([kind, of]) => [
          kind,
          of.length,
        ]),
        ['same', same],
        ['unknown', unknown],
      ])
      await found
        .merge({
          state: 'compared',
          encoding: read.encoding,
          rows: read.rows.length,
          detail: { counts, base: await takenFiles(found.serviceId, t.trx) },
        })
        .save()
    } else {
      const { reason, columns, row } = read
      await found.merge({ state: 'refused', reason, detail: { columns, row } }).save()
    }
    t.announce(`register-imports/${found.id}`)
    t.record({
      verb: `register.${found.state}`,
      subject: { type: 'register_import', id: found.id },
      clientId: found.clientId,
    })
  })
}

async function changesOf(t: Transition, found: RegisterImport, rows: RegisterRow[]) {
  const known = await RegisterPerson.query({ client: t.trx }).where('serviceId', found.serviceId)
  const byToken = new Map(known.map((person) => [person.numberToken, person]))
  const changes: Change[] = []
  const seen = new Set<string>()
  let same = 0
  let unknown = 0
  for (const row of rows) {
    // Also in a row that can't be taken: who stands in the file is not missing from it.
    const person = row.person.number
      ? registerTokens(row.person.number).flatMap((token) => byToken.get(token) ?? [])[0]
      : undefined
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
  if (found.mode === 'full') changes.push(...(await missingOf(t, known, seen)))
  return { changes, same, unknown }
}

/** Who is in the register but not in a file that says to be all of it. */
async function missingOf(
  t: Transition,
  known: RegisterPerson[],
  seen: Set<string>
): Promise<Change[]> {
  const missing = known.filter((person) => person.state === 'eligible' && !seen.has(person.id))
  const sealers = await openSealers(
    missing.map((person) => person.dataKeyId),
    t.trx
  )
  return missing.map((person) => ({
    kind: 'missing',
    row: null,
    personId: person.id,
    numberToken: person.numberToken,
    values: person.open(sealers.get(person.dataKeyId)!),
    problem: null,
  }))
}

function kindOf(row: RegisterRow, person: RegisterPerson | undefined): ChangeKind | null {
  if (row.reasons.length > 0) return 'faulty'
  // Somebody who died or moved and never was in the register changes nothing.
  if (row.change) return person && person.state !== row.change ? row.change : null
  if (!person) return 'added'
  const as = fingerprints(row.person)
  return person.state === 'eligible' && as.includes(person.fingerprint) ? null : 'changed'
}

async function keep(
  t: Transition,
  found: RegisterImport,
  sealer: Sealer,
  changes: Change[]
): Promise<void> {
  for (let from = 0; from < changes.length; from += BATCH) {
    await t.trx.table('register_changes').multiInsert(
      changes.slice(from, from + BATCH).map((change) => {
        const id = newId()
        return {
          id,
          import_id: found.id,
          row_number: change.row,
          kind: change.kind,
          person_id: change.personId,
          number_token: change.numberToken,
          values: sealer.sealJson(changePlace(id), change.values),
          problem: change.problem,
        }
      })
    )
  }
}

/** How many files have been taken into a service's register: a difference holds as long as it is the same. */
export async function takenFiles(serviceId: string, client: Queries): Promise<number> {
  const row: { count: string } = await client
    .from('register_imports')
    .where('service_id', serviceId)
    .whereIn('state', ['taking', 'taken'])
    .count('* as count')
    .firstOrFail()
  return Number(row.count)
}

/** The token of a voucher number, under the newest key. */
export function registerToken(number: string): string {
  return blindIndex(number, 'register:number')
}

/** The same under all current keys, to look up with. */
export function registerTokens(number: string): string[] {
  return blindIndexes(number, 'register:number')
}

/** Tells whether somebody's values have changed, without opening them. */
export function fingerprint(person: RegisteredPerson): string {
  return blindIndex(printOf(person), 'register:fingerprint')
}

function fingerprints(person: RegisteredPerson): string[] {
  return blindIndexes(printOf(person), 'register:fingerprint')
}

/** Fields that registers have had from the beginning; a later one counts only where it says something. */
const FIRST_FIELDS = 9

function printOf(person: RegisteredPerson): string {
  const said = REGISTER_FIELDS.filter((key, index) => index < FIRST_FIELDS || person[key] !== '')
  return JSON.stringify(Object.fromEntries(said.map((key) => [key, person[key]])))
}
