import Batch from '#app/batches/batch'
import { offersOf } from '#app/batches/packs/offer_packs'
import User from '#app/people/user'
import type { Transition } from '#app/core/transition'
import { transition } from '#app/core/transition'

export type Asking = 'asked' | 'nobody' | 'not_open' | 'not_for_them'

/**
 * A leader asks somebody by name for a batch. Nothing is assigned: they see it first among what is offered, and accept
 * it or not.
 * @returns `not_for_them`: nothing of it could be given to them
 */
export async function askPerson(leader: User, userId: string, batchId: string): Promise<Asking> {
  const person = await User.query()
    .where({ id: userId, organizationId: leader.organizationId })
    .whereNull('leftAt')
    .whereNull('frozenAt')
    .first()
  if (!person) return 'nobody'
  const batch = await Batch.query().where({ id: batchId, state: 'open' }).first()
  if (!batch) return 'not_open'
  const offered = await Promise.all(person.sites.map((site) => offersOf(person, batch, site)))
  if (offered.every((packs) => packs.length === 0)) return 'not_for_them'
  await transition(async (t) => {
    await t.trx
      .knexQuery()
      .insert({ batch_id: batchId, user_id: userId, asked_by: leader.id })
      .into('asked_people')
      .onConflict(['batch_id', 'user_id'])
      .merge({ asked_by: leader.id, asked_at: t.trx.knexRawQuery('now()'), answered_at: null })
    t.recordOnly({
      verb: 'batch.asked_for',
      subject: { type: 'batch', id: batchId },
      clientId: batch.clientId,
      actorId: leader.id,
      detail: { user: userId },
    })
  })
  return 'asked'
}

/** It was accepted, or not this time, or the leader takes it back; false where nobody asks any more. */
export async function endAsking(t: Transition, userId: string, batchId: string): Promise<boolean> {
  const ended: unknown[] = await t.trx
    .from('asked_people')
    .where({ user_id: userId, batch_id: batchId })
    .whereNull('answered_at')
    .update({ answered_at: t.trx.raw('now()') })
    .returning(['batch_id'])
  return ended.length > 0
}
