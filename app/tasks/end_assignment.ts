import type Assignment from '#app/tasks/assignment'
import Task from '#app/tasks/task'
import type { Transition } from '#app/core/transition'

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
  await prolongActivity(t, assignment.id)
  const by = { actorId: assignment.userId }
  if (reason === 'done' && availableInMinutes === 0) await Task.finish(t, assignment.taskId, by)
  else await Task.giveBack(t, assignment.taskId, availableInMinutes, by)
  return true
}

/** Signs of life further apart than this are not one stretch of work (seconds). */
const SPAN_GAP_SECONDS = 90

/** Counts the time since the last sign of life as active; false when that was too long ago. */
export async function prolongActivity(t: Transition, assignmentId: string): Promise<boolean> {
  const prolonged = await t.trx
    .from('activity_spans')
    .where('assignment_id', assignmentId)
    .whereRaw(`ended_at > now() - interval '${SPAN_GAP_SECONDS} seconds'`)
    .update({ ended_at: t.trx.raw('now()') })
  return Number(prolonged) > 0
}
