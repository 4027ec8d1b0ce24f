import { NIL } from 'uuid'
import db from '@adonisjs/lucid/services/db'
import { centerOf } from '#app/people/center'
import type User from '#app/people/user'
import { searchToken, searchTokensOf, type SearchTerm } from '#app/submissions/search_tokens'
import type { Queries } from '#app/core/queries'
import { newId } from '#app/core/ids'
import { createSealer, destroyDataKeys, openLivingSealers } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

const sealContext = (id: string) => `refused_numbers.phone:${id}`

/** A number at which somebody wants no calls, and for which client. */
export interface RefusedNumber {
  clientId: string
  phone: string
}

/** Nobody calls a number any more for a client; mail still goes. Harmless to say twice. */
export async function refuseNumber(
  t: Transition,
  user: Pick<User, 'id'>,
  { clientId, phone }: RefusedNumber
): Promise<void> {
  // Also under an earlier key.
  const known: Pick<Kept, 'id' | 'phone'> | null = await t.trx
    .from('refused_numbers')
    .where('client_id', clientId)
    .whereIn('token', searchTokensOf(termOf(phone)))
    .select('id', 'phone')
    .first()
  if (known?.phone) return
  const id = known?.id ?? newId()
  const sealer = await createSealer(t.trx, 'refused_number')
  const row = {
    token: searchToken(termOf(phone)),
    data_key_id: sealer.dataKeyId,
    phone: sealer.sealText(sealContext(id), digitsOf(phone)),
  }
  // An earlier version kept the token alone.
  if (known) return void (await t.trx.from('refused_numbers').where('id', id).update(row))
  await t.trx
    .knexQuery()
    .insert({ id, client_id: clientId, created_by: user.id, ...row })
    .into('refused_numbers')
    .onConflict(['client_id', 'token'])
    .ignore()
  record(t, user, clientId, 'number.uncalled')
}

/** A number may be called again. False where it was not refused. */
export async function allowNumber(
  t: Transition,
  user: Pick<User, 'id'>,
  { clientId, phone }: RefusedNumber
): Promise<boolean> {
  const removed: { data_key_id: string | null }[] = await t.trx
    .from('refused_numbers')
    .where('client_id', clientId)
    .whereIn('token', searchTokensOf(termOf(phone)))
    .delete()
    .returning(['data_key_id'])
  await destroyDataKeys(
    t.trx,
    removed.flatMap((row) => row.data_key_id ?? [])
  )
  if (removed.length > 0) record(t, user, clientId, 'number.callable')
  return removed.length > 0
}

/** Of these, whose numbers aren't called: for the client, or for the center and so for everybody. In their order. */
export async function refuseCalls(asked: RefusedNumber[], client: Queries): Promise<boolean[]> {
  const refused = await refusedBy(
    asked.map(({ phone }) => phone),
    client
  )
  if (refused.size === 0) return asked.map(() => false)
  const center = await centerOf(client)
  return asked.map(({ clientId, phone }) => {
    const by = refused.get(digitsOf(phone))
    return by !== undefined && (by.has(clientId) || by.has(center))
  })
}

/** Finds out who refused numbers: clients' ids by phone number. */
async function refusedBy(phones: string[], client: Queries): Promise<Map<string, Set<string>>> {
  const tokens = new Map(
    [...new Set(phones.map(digitsOf))]
      .filter(Boolean)
      .flatMap((phone) => searchTokensOf(termOf(phone)).map((token) => [token, phone] as const))
  )
  const found = new Map<string, Set<string>>()
  if (tokens.size === 0) return found
  const rows: { client_id: string; token: string }[] = await client
    .from('refused_numbers')
    .whereIn('token', [...tokens.keys()])
    .select('client_id', 'token')
  for (const { client_id: clientId, token } of rows) {
    const phone = tokens.get(token)!
    found.set(phone, (found.get(phone) ?? new Set()).add(clientId))
  }
  return found
}

/** A number as it lies; one that was kept by an earlier version is known by its token alone. */
interface Kept {
  id: string
  data_key_id: string | null
  phone: Buffer | null
}

/** Finds numbers that a client doesn't call, by their ids or as they are written, opened as far as they can be. */
export async function refusedWith(
  clientId: string,
  sought: string[],
  by: 'id' | 'phone'
): Promise<{ id: string; phone: string; at: Date }[]> {
  const known =
    by === 'id'
      ? sought
      : sought.filter((phone) => digitsOf(phone)).flatMap((one) => searchTokensOf(termOf(one)))
  const rows: (Kept & { created_at: Date })[] = await db
    .from('refused_numbers')
    .where('client_id', clientId)
    .whereIn(by === 'id' ? 'id' : 'token', known)
    .orderBy('created_at')
    .select('id', 'data_key_id', 'phone', 'created_at')
  const opened = new Map((await openNumbers(rows, db)).map(({ id, phone }) => [id, phone]))
  return rows.map(({ id, created_at: at }) => ({ id, at, phone: opened.get(id) ?? '' }))
}

const BATCH = 200

/** Counts refused numbers of which an earlier version kept the token alone: they are found as long as its key is. */
export async function countUnsealedNumbers(): Promise<number> {
  const [{ count }]: { count: number }[] = await db
    .from('refused_numbers')
    .whereNull('phone')
    .select(db.raw('count(*)::int as count'))
  return count
}

/** Writes the tokens by which refused numbers are found anew, under the newest key; returns how many. */
export async function rotateRefusedNumbers(): Promise<number> {
  let rotated = 0
  for (let after: string = NIL; ;) {
    const rows: Kept[] = await db
      .from('refused_numbers')
      .whereNotNull('phone')
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .select('id', 'data_key_id', 'phone')
    if (rows.length === 0) return rotated
    await transition(async (t) => {
      for (const { id, phone } of await openNumbers(rows, t.trx)) {
        await t.trx
          .from('refused_numbers')
          .where('id', id)
          .update({ token: searchToken(termOf(phone)) })
        rotated++
      }
    })
    after = rows.at(-1)!.id
  }
}

/** Opens kept numbers; of those whose key is destroyed nothing is left. */
async function openNumbers(
  rows: Kept[],
  client: Queries
): Promise<{ id: string; phone: string }[]> {
  const sealers = await openLivingSealers(
    rows.flatMap((row) => row.data_key_id ?? []),
    client
  )
  return rows.flatMap(({ id, data_key_id: key, phone }) => {
    const sealer = key && sealers.get(key)
    return sealer && phone ? [{ id, phone: sealer.openText(sealContext(id), phone) }] : []
  })
}

/** A phone number as it is compared. */
export function digitsOf(phone: string): string {
  return phone.normalize('NFKC').replace(/\D/g, '')
}

function termOf(phone: string): SearchTerm {
  return { kind: 'phone', text: digitsOf(phone) }
}

function record(t: Transition, user: Pick<User, 'id'>, clientId: string, verb: string): void {
  t.recordOnly({
    verb,
    subject: { type: 'organization', id: clientId },
    clientId,
    actorId: user.id,
  })
}
