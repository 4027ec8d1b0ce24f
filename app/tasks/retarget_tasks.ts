import type { Transition } from '#app/core/transition'
import { giveBackLeases } from '#app/tasks/give_back_leases'

/**
 * Work on submissions that is still to be done is due on another day; where it may not be done at home any more, what
 * somebody has taken there goes back.
 */
export async function retargetTasks(
  t: Transition,
  submissionIds: string[],
  { dueOn, mayBeAtHome }: { dueOn: string; mayBeAtHome: boolean }
): Promise<void> {
  const tasks = () =>
    t.trx.from('tasks').whereIn('submission_id', submissionIds).whereIn('state', ['open', 'leased'])
  await tasks().update({ due_on: dueOn, ...(mayBeAtHome ? {} : { site: 'center' }) })
  if (mayBeAtHome) return
  const leases = t.trx
    .from('assignments')
    .whereIn('task_id', tasks().select('id'))
    .where('site', 'home')
  await giveBackLeases(t, leases, 'withdrawn')
}
