import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import {
  searchToken,
  searchTokensOf,
  tellingTerms,
  type PersonFacts,
} from '#app/submissions/search_tokens'
import { newId } from '#app/core/ids'
import type { Queries } from '#app/core/queries'
import { createSealer, openLivingSealers } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/** Somebody of the family, and of whom: sealed. */
export interface RelativePerson {
  /** the resident */
  of: PersonFacts
  name: string
  relation: string
  phone: string
  postcode: string
  address: string
}

/** A relative, with the resident's consent and its day. */
export interface Relative extends RelativePerson {
  id: string
  clientId: string
  mayHear: boolean
  mayChange: boolean
  getsCopies: boolean
  /** YYYY-MM-DD */
  consentOn: string
  withdrawnOn: string | null
}

export interface Scope {
  mayHear: boolean
  mayChange: boolean
  getsCopies: boolean
  consentOn: string
}

const sealContext = (id: string) => `relatives.person:${id}`

/** Registers somebody of the family, with the resident's consent, its day and what it covers. */
export async function registerRelative(
  user: User,
  clientId: string,
  person: RelativePerson,
  scope: Scope
): Promise<string> {
  return transition(async (t) => {
    const id = newId()
    const sealer = await createSealer(t.trx, 'relative')
    await t.trx.table('relatives').insert({
      id,
      client_id: clientId,
      data_key_id: sealer.dataKeyId,
      person: sealer.sealJson(sealContext(id), person),
      may_hear: scope.mayHear,
      may_change: scope.mayChange,
      gets_copies: scope.getsCopies,
      consent_on: scope.consentOn,
      created_by: user.id,
    })
    const rows = tellingTerms(person.of).map((term) => ({
      relative_id: id,
      kind: term.kind,
      token: searchToken(term),
    }))
    if (rows.length > 0) await t.trx.table('relative_tokens').multiInsert(rows)
    t.recordOnly({
      verb: 'relative.registered',
      subject: { type: 'relative', id },
      clientId,
      actorId: user.id,
      detail: { hear: scope.mayHear, change: scope.mayChange, copies: scope.getsCopies },
    })
    return id
  })
}

/** Rows of the family members whom somebody may see: a client its own. */
export function relativesFor(user: User) {
  return db
    .from('relatives')
    .if(!user.worksForCenter, (query) => query.where('client_id', user.organizationId))
}

/** The consent is withdrawn: from today on it holds no more. */
export async function withdrawRelative(user: User, id: string, day: string): Promise<boolean> {
  return transition(async (t) => {
    const [row] = await t.trx
      .from('relatives')
      .where('id', id)
      .whereNull('withdrawn_on')
      .if(!user.worksForCenter, (query) => query.where('client_id', user.organizationId))
      .update({ withdrawn_on: day, withdrawn_by: user.id })
      .returning(['client_id'])
    if (!row) return false
    t.recordOnly({
      verb: 'relative.withdrawn',
      subject: { type: 'relative', id },
      clientId: row.client_id,
      actorId: user.id,
    })
    return true
  })
}

interface Row {
  id: string
  client_id: string
  data_key_id: string
  person: Buffer
  may_hear: boolean
  may_change: boolean
  gets_copies: boolean
  consent_on: string
  withdrawn_on: string | null
}

/** Finds the family of a resident, registered and not withdrawn. */
export async function relativesOf(
  clientId: string,
  facts: PersonFacts,
  client: Queries = db
): Promise<Relative[]> {
  const tokens = tellingTerms(facts).flatMap(searchTokensOf)
  if (tokens.length === 0) return []
  const rows: Row[] = await client
    .from('relatives')
    .where('client_id', clientId)
    .whereNull('withdrawn_on')
    .whereIn('id', client.from('relative_tokens').whereIn('token', tokens).select('relative_id'))
    .orderBy('created_at')
  return openRelatives(rows, client)
}

/** Finds family by tokens of their resident, withdrawn or not. */
export async function relativesWith(clientId: string, tokens: string[]): Promise<Relative[]> {
  if (tokens.length === 0) return []
  const rows: Row[] = await db
    .from('relatives')
    .where('client_id', clientId)
    .whereIn('id', db.from('relative_tokens').whereIn('token', tokens).select('relative_id'))
    .orderBy('created_at')
  return openRelatives(rows)
}

/** Finds relatives of a client's residents by id. */
export async function relativesNamed(clientId: string, ids: string[]): Promise<Relative[]> {
  return openRelatives(await db.from('relatives').where('client_id', clientId).whereIn('id', ids))
}

/** Rows of relatives, opened; those whose key is destroyed drop out. */
export async function openRelatives(rows: Row[], client: Queries = db): Promise<Relative[]> {
  const sealers = await openLivingSealers(
    rows.map((row) => row.data_key_id),
    client
  )
  return rows.flatMap((row) => {
    const sealer = sealers.get(row.data_key_id)
    if (!sealer) return []
    return [
      {
        ...sealer.openJson<RelativePerson>(sealContext(row.id), row.person),
        id: row.id,
        clientId: row.client_id,
        mayHear: row.may_hear,
        mayChange: row.may_change,
        getsCopies: row.gets_copies,
        consentOn: row.consent_on,
        withdrawnOn: row.withdrawn_on,
      },
    ]
  })
}
