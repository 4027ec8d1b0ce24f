import Batch from '#app/batches/batch'
import { endAsking } from '#app/batches/packs/ask_person'
import { offeredBefore } from '#app/batches/packs/offer_packs'
import { windowMinutes, type Terms } from '#app/batches/packs/terms'
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

/** The terms that somebody was shown, as they come back with the form. */
export type ShownTerms = Pick<Terms, 'promised' | 'minutes' | 'amount' | 'inspectedOn' | 'paidOn'>

/**
 * Somebody accepts a pack as it was offered to them: its pieces are promised to them, and the terms are kept. What is
 * left of the batch may be less by now, or otherwise paid: then they are shown the terms anew.
 */
export async function acceptPack(
  user: User,
  site: Site,
  batchId: string,
  shown: ShownTerms
): Promise<Accepted> {
  const found = await Batch.query().where({ id: batchId, state: 'open' }).first()
  if (!found) return { ok: false, reason: 'not_open' }
  const offered = await offeredBefore(user, found, site, shown)
  if (!offered.ok) return offered
  const { terms } = offered
  if (!isAsShown(terms, shown)) return { ok: false, reason: 'other_terms' }
  try {
    return await transition(async (t): Promise<Accepted> => {
      const batch = await Batch.query({ client: t.trx })
        .where({ id: batchId, state: 'open' })
        .forShare()
        .first()
      if (!batch) return { ok: false, reason: 'not_open' }
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
      await endAsking(t, user.id, batchId)
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

function isAsShown(terms: Terms, shown: ShownTerms): boolean {
  return (['promised', 'amount', 'inspectedOn', 'paidOn'] as const).every(
    (key) => terms[key] === shown[key]
  )
}

/** Less is left than was offered: nothing is promised. */
class TooFew extends Error {
  constructor(readonly left: number) {
    super('less is left than was offered')
  }
}
