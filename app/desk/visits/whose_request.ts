import type User from '#app/people/user'
import type Visit from '#app/desk/visits/visit'
import { transition } from '#app/core/transition'

export interface Whose {
  askedBy: 'self' | 'family' | 'proxy'
  /** the person knows of it and agrees; needed of anybody else */
  consent: boolean
  serviceId: string
  clientId: string
}

/** Whose request it is. For anybody but the person themselves, consent is asked and its time kept. */
export async function keepWhose(user: User, visit: Visit, whose: Whose): Promise<boolean> {
  const needed = whose.askedBy !== 'self'
  if (needed && !whose.consent) return false
  await transition(async (t) => {
    await t.trx
      .from('visits')
      .where('id', visit.id)
      .update({
        asked_by: whose.askedBy,
        consent_at: needed ? t.trx.raw('now()') : null,
        service_id: whose.serviceId,
        client_id: whose.clientId,
      })
    t.record({
      verb: needed ? 'visit.consented' : 'visit.asked',
      subject: { type: 'visit', id: visit.id },
      clientId: whose.clientId,
      actorId: user.id,
      detail: { askedBy: whose.askedBy },
    })
  })
  return true
}
