import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import Task from '#app/tasks/task'
import type { Transition } from '#app/core/transition'

/** Ends those of these leases that still run; their tasks are open to others again, and drafts stay. How many there were. */
export async function giveBackLeases(
  t: Transition,
  leases: DatabaseQueryBuilderContract,
  reason: 'expired' | 'withdrawn'
): Promise<number> {
  const ended: { task_id: string }[] = await t.trx
    .from('assignments')
    // Said within as well: they are found along the indexes of those that run.
    .whereIn('id', leases.whereNull('ended_at').select('id'))
    .whereNull('ended_at')
    .update({ ended_at: t.trx.raw('now()'), ended_reason: reason })
    .returning(['task_id'])
  await Task.release(
    t,
    ended.map((one) => one.task_id),
    reason
  )
  return ended.length
}
