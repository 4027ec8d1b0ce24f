import Batch, { type BatchPlan } from '#app/batches/batch'
import { withTeam } from '#app/batches/teams/with_team'
import type User from '#app/people/user'
import { planTasks } from '#app/tasks/plan_tasks'
import { transition } from '#app/core/transition'

/** The states in which a batch can be planned otherwise. */
export const UNDELIVERED = ['preparing', 'loading', 'open', 'paused'] as const

/**
 * Plans a batch otherwise: its title, its day, who leads it, or which team does it, whether it goes first. Packs
 * that were accepted keep their terms.
 * @returns false where it is delivered already, or ended, or its team closed
 */
export async function planBatch(user: User, batchId: string, plan: BatchPlan): Promise<boolean> {
  return transition(async (t) => {
    const batch = await Batch.query({ client: t.trx })
      .where('id', batchId)
      .whereIn('state', [...UNDELIVERED])
      .forUpdate()
      .first()
    if (!batch) return false
    const led = await withTeam(t, plan)
    if (!led) return false
    await batch.plan(t, user, { ...plan, ...led })
    t.wake({ type: 'batch', id: batchId })
    return true
  })
}

/** Has the open work of a batch follow its plan. */
export async function followPlan(batchId: string): Promise<void> {
  await planTasks(['piece', 'piece_decide'], batchId, await Batch.findOrFail(batchId))
}
