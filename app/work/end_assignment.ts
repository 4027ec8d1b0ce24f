import type Assignment from '#app/work/assignment'
import type { Transition } from '#app/shared/transition'

/**
 * Ends a lease that still holds: done, or given back. The caller's other changes must be made only when
 * this says true.
 * @returns false when the lease has run out, was taken over, or has ended already
 */
export async function endAssignment(
  t: Transition,
  assignment: Assignment,
  reason: 'done' | 'given_back',
  availableInMinutes = 0
): Promise<boolean> {
  await t.trx.from('tasks').where('id', assignment.taskId).forUpdate().select('id')
  const ended: number | number[] = await t.trx
    .from('assignments')
    .where({ id: assignment.id })
    .whereNull('ended_at')
    .whereRaw('expires_at > now()')
    .update({ ended_at: t.trx.raw('now()'), ended_reason: reason })
  if (Number(ended) !== 1) return false
  const task = t.trx.from('tasks').where('id', assignment.taskId)
  if (reason === 'done' && availableInMinutes === 0)
    await task.update({ state: 'done', done_at: t.trx.raw('now()') })
  else
    await task.update({
      state: 'open',
      available_at: t.trx.raw(`now() + make_interval(mins => ${Math.round(availableInMinutes)})`),
    })
  return true
}
