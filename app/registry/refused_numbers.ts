import { centerOf } from '#app/people/center'
import type User from '#app/people/user'
import { searchToken, searchTokensOf, type SearchTerm } from '#app/submissions/search_tokens'
import type { Queries } from '#app/core/queries'
import type { Transition } from '#app/core/transition'

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
  const added: unknown[] = await t.trx
    .knexQuery()
    .insert({ client_id: clientId, token: searchToken(termOf(phone)), created_by: user.id })
    .into('refused_numbers')
    .onConflict(['client_id', 'token'])
    .ignore()
    .returning('token')
  if (added.length > 0) record(t, user, clientId, 'number.uncalled')
}

/** A number may be called again. False where it was not refused. */
export async function allowNumber(
  t: Transition,
  user: Pick<User, 'id'>,
  { clientId, phone }: RefusedNumber
): Promise<boolean> {
  const removed: unknown[] = await t.trx
    .from('refused_numbers')
    .where('client_id', clientId)
    .whereIn('token', searchTokensOf(termOf(phone)))
    .delete()
    .returning('token')
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
