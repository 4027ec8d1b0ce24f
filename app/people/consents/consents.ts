import db from '@adonisjs/lucid/services/db'
import type { Site, default as User } from '#app/people/user'
import Person from '#app/people/user'
import Organization from '#app/people/organization'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** A client's written consent (再委託の承諾) that its work goes to certain people. Dates `YYYY-MM-DD`. */
export interface Consent {
  clientId: string
  number: string
  givenOn: string
  until: string | null
  sites: Site[]
  /** of the center's people */
  userIds: string[]
}

export interface ListedConsent {
  id: string
  number: string
  client: string
  client_id: string
  given_on: string
  until: string | null
  sites: Site[]
  ended_at: Date | null
  people: string[]
}

/** Selects consents with whom they name, the newest first. */
export function listConsents() {
  return db
    .from('consents as c')
    .join('organizations as o', 'o.id', 'c.client_id')
    .orderBy('c.created_at', 'desc')
    .orderBy('c.id', 'desc')
    .select(
      'c.id',
      'c.number',
      'c.client_id',
      'c.given_on',
      'c.until',
      'c.sites',
      'c.ended_at',
      'o.name as client',
      db.raw(
        `array(select u.display_name from consent_people p join users u on u.id = p.user_id
          where p.consent_id = c.id order by u.display_name) as people`
      )
    )
}

/** Keeps a consent. @returns what is wrong, or null */
export async function keepConsent(
  actor: User,
  consent: Consent
): Promise<'unknown' | 'taken' | null> {
  return transition(async (t) => {
    const client = await Organization.query({ client: t.trx })
      .where({ id: consent.clientId, kind: 'client' })
      .forUpdate()
      .first()
    const people = await Person.query({ client: t.trx })
      .whereIn('id', consent.userIds)
      .whereNull('leftAt')
      .whereHas('organization', (query) => void query.where('kind', 'center'))
    if (!client || people.length !== new Set(consent.userIds).size || people.length === 0)
      return 'unknown'
    const { clientId, number } = consent
    const known = await t.trx.from('consents').where({ client_id: clientId, number }).first()
    if (known) return 'taken'
    const id = newId()
    await t.trx.table('consents').insert({
      id,
      client_id: clientId,
      number,
      given_on: consent.givenOn,
      until: consent.until,
      sites: consent.sites,
      kept_by: actor.id,
    })
    await t.trx
      .table('consent_people')
      .multiInsert(people.map((one) => ({ consent_id: id, user_id: one.id })))
    t.recordOnly({
      verb: 'consent.kept',
      subject: { type: 'consent', id },
      clientId,
      actorId: actor.id,
      detail: { number, people: people.length },
    })
    return null
  })
}

/** Keeps that a consent holds no more. @returns false where it had ended */
export async function endConsent(actor: User, id: string): Promise<boolean> {
  return transition(async (t) => {
    const [ended]: { client_id: string }[] = await t.trx
      .from('consents')
      .where('id', id)
      .whereNull('ended_at')
      .update({ ended_at: t.trx.raw('now()') })
      .returning(['client_id'])
    if (!ended) return false
    t.recordOnly({
      verb: 'consent.ended',
      subject: { type: 'consent', id },
      clientId: ended.client_id,
      actorId: actor.id,
    })
    return true
  })
}
