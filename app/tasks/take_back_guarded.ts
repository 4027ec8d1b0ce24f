import type { Transition } from '#app/core/transition'
import { giveBackLeases } from '#app/tasks/give_back_leases'

/** Work about submissions that has been taken by somebody who may not see them any more goes back. */
export async function takeBackGuarded(t: Transition, submissionIds: string[]): Promise<void> {
  const leases = t.trx
    .from('assignments')
    .whereIn('task_id', t.trx.from('tasks').whereIn('submission_id', submissionIds).select('id'))
    .whereNotIn('user_id', t.trx.from('users').where('sees_protected', true).select('id'))
  await giveBackLeases(t, leases, 'withdrawn')
}
