import type User from '#app/people/user'
import { applyStop, liftStop } from '#app/registry/apply_stop'
import type ContactStop from '#app/registry/contact_stop'
import { stopSealContext } from '#app/registry/contact_stop'
import { NOBODY, type RegisteredPerson } from '#app/registry/registered_person'
import { PROTECTION_YEARS, type StopKind } from '#app/registry/stop_kinds'
import { searchToken, tellingTerms, termsOf } from '#app/submissions/search_tokens'
import { today } from '#app/core/clock'
import { addYears } from '#app/core/japanese_calendar'
import { newId } from '#app/core/ids'
import { createSealer, openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

export interface NewStop {
  clientId: string
  kind: StopKind
  /** who it is about, and where mail goes instead; what isn't known stands empty */
  person: Partial<RegisteredPerson>
  /** YYYY-MM-DD; a protection lasts a year where nothing is said */
  until: string | null
  /** the client says that they may be called all the same */
  mayCall: boolean
}

export type KeptStop = { ok: true; id: string } | { ok: false; reason: 'who' | 'until' }

/** Keeps that nothing is sent to somebody, and ends what is under way. It must be said who it is: by number, or kana with birth date. */
export async function keepStop(user: User, stop: NewStop): Promise<KeptStop> {
  const person = { ...NOBODY, ...stop.person }
  if (tellingTerms(person).length === 0) return { ok: false, reason: 'who' }
  const until =
    stop.until ?? (stop.kind === 'protection' ? addYears(today(), PROTECTION_YEARS) : null)
  if (until !== null && until < today()) return { ok: false, reason: 'until' }
  return transition(async (t) => {
    const id = newId()
    const sealer = await createSealer(t.trx, 'contact_stop')
    await t.trx.table('contact_stops').insert({
      id,
      client_id: stop.clientId,
      kind: stop.kind,
      data_key_id: sealer.dataKeyId,
      person: sealer.sealJson(stopSealContext(id), person),
      may_call: stop.mayCall,
      until,
      created_by: user.id,
    })
    await t.trx
      .table('contact_stop_tokens')
      .multiInsert(
        termsOf(person).map((term) => ({ stop_id: id, kind: term.kind, token: searchToken(term) }))
      )
    t.recordOnly({
      verb: 'stop.kept',
      subject: { type: 'contact_stop', id },
      clientId: stop.clientId,
      actorId: user.id,
      detail: { kind: stop.kind, until },
    })
    await applyStop(t, {
      clientId: stop.clientId,
      facts: person,
      actorId: user.id,
    })
    return { ok: true, id }
  })
}

/** A stop goes on for another year, or until another day. */
export async function renewStop(user: User, stop: ContactStop, until: string): Promise<boolean> {
  if (until < today()) return false
  return transition(async (t) => {
    const [renewed] = await t.trx
      .from('contact_stops')
      .where('id', stop.id)
      .whereNull('ended_at')
      .update({ until })
      .returning(['id'])
    if (!renewed) return false
    t.recordOnly({
      verb: 'stop.renewed',
      subject: { type: 'contact_stop', id: stop.id },
      clientId: stop.clientId,
      actorId: user.id,
      detail: { until },
    })
    return true
  })
}

/** Mail may go again. What was stopped meanwhile isn't sent by itself. */
export async function endStop(user: User, stop: ContactStop): Promise<boolean> {
  return transition(async (t) => {
    const [ended] = await t.trx
      .from('contact_stops')
      .where('id', stop.id)
      .whereNull('ended_at')
      .update({ ended_at: t.trx.raw('now()'), ended_by: user.id })
      .returning(['id'])
    if (!ended) return false
    await liftStop(t, {
      clientId: stop.clientId,
      facts: stop.open(await openSealer(stop.dataKeyId, t.trx)),
    })
    t.recordOnly({
      verb: 'stop.ended',
      subject: { type: 'contact_stop', id: stop.id },
      clientId: stop.clientId,
      actorId: user.id,
    })
    return true
  })
}
