import type User from '#app/people/user'
import type Visit from '#app/desk/visits/visit'
import { transition } from '#app/core/transition'

export interface Requester {
  askedBy: 'self' | 'family' | 'proxy'
  /** the person knows of it and agrees; needed of anybody else */
  consent: boolean
  serviceId: string
  clientId: string
}

/** Keeps whose request it is. For anybody but the person themselves, consent is asked and its time kept. */
export async function keepRequester(
  user: User,
  visit: Visit,
  requester: Requester
): Promise<boolean> {
  const needed = requester.askedBy !== 'self'
  if (needed && !requester.consent) return false
  await transition(async (t) => {
    await t.trx
      .from('visits')
      .where('id', visit.id)
      .update({
        asked_by: requester.askedBy,
        consent_at: needed ? t.trx.raw('now()') : null,
        service_id: requester.serviceId,
        client_id: requester.clientId,
      })
    t.record({
      verb: needed ? 'visit.consented' : 'visit.asked',
      subject: { type: 'visit', id: visit.id },
      clientId: requester.clientId,
      actorId: user.id,
      detail: { askedBy: requester.askedBy },
    })
  })
  return true
}
