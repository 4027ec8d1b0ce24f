import Batch from '#app/batches/batch'
import { minutesOf } from '#app/batches/packs/offer_packs'
import { termsOf, windowMinutes } from '#app/batches/packs/terms'
import { isCleared } from '#app/people/engagements/is_cleared'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { promiseTasks } from '#app/tasks/promised_tasks'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

export type Accepted =
  | { ok: true; packId: string }
  /** `other_terms`: what was shown isn't what would hold now */
  | { ok: false; reason: 'one_at_a_time' | 'nothing_left' | 'other_terms' | 'not_open' }

/** The index by which nobody has two packs at once. */
const ONE_EACH = 'packs_one_each'

/**
 * Somebody accepts a pack as it was offered to them: its pieces are promised to them, and the terms are kept. What is
 * left of the batch may be less by now, or paid otherwise: then they are shown the terms anew.
 */
export async function acceptPack(
  user: User,
  site: Site,
  batchId: string,
  shown: { promised: number; price: number }
): Promise<Accepted> {
  if (!user.may('values.key') || !(await isCleared(user, site)))
    return { ok: false, reason: 'not_open' }
  try {
    return await transition(async (t): Promise<Accepted> => {
      const batch = await Batch.query({ client: t.trx })
        .where({ id: batchId, state: 'open' })
        .forShare()
        .first()
      if (!batch) return { ok: false, reason: 'not_open' }
      const minutesEach = await minutesOf(batch)
      const terms = await termsOf(
        user,
        batch,
        { promised: shown.promised, minutesEach, site },
        t.trx
      )
      if (terms.price !== shown.price) return { ok: false, reason: 'other_terms' }
      const id = newId()
      await t.trx.table('packs').insert({
        id,
        user_id: user.id,
        batch_id: batchId,
        promised: shown.promised,
        terms: JSON.stringify(terms),
        ends_at: t.trx.raw('now() + make_interval(mins => ?)', [windowMinutes(terms.minutes)]),
      })
      const promised = await promiseTasks(t, user, site, {
        kind: 'piece',
        groupKey: batchId,
        packId: id,
        count: shown.promised,
      })
      if (promised < shown.promised) throw new TooFew(promised)
      t.recordOnly({
        verb: 'pack.accepted',
        subject: { type: 'pack', id },
        clientId: batch.clientId,
        actorId: user.id,
        detail: { promised, price: terms.price, amount: terms.amount },
      })
      return { ok: true, packId: id }
    })
  } catch (error) {
    if (error instanceof TooFew)
      return { ok: false, reason: error.left === 0 ? 'nothing_left' : 'other_terms' }
    if (error instanceof Error && 'constraint' in error && error.constraint === ONE_EACH)
      return { ok: false, reason: 'one_at_a_time' }
    throw error
  }
}

/** Less is left than was offered: nothing is promised. */
class TooFew extends Error {
  constructor(readonly left: number) {
    super('less is left than was offered')
  }
}
