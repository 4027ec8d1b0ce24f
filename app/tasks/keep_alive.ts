import { newId } from '#app/core/ids'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { prolongActivity } from '#app/tasks/end_assignment'
import { prolongAhead } from '#app/tasks/lease_ahead'
import { leaseMinutes } from '#app/tasks/lease_times'
import { taskKinds } from '#app/tasks/task_kind'

/** The content of a screen while somebody works on it: keyed texts, or what is decided of each field. */
export interface Draft {
  values?: Record<string, string>
  chosen?: Record<string, string>
  typed?: Record<string, string>
}

/**
 * A sign of life from who works on a task: the lease is prolonged, the time counts as active, and the
 * draft is kept sealed with the submission's key.
 * @returns false when the lease has run out: the draft is kept all the same
 */
export async function keepAlive(
  assignment: Assignment,
  draft: (Draft & { dataKeyId: string }) | null
): Promise<boolean> {
  return transition(async (t) => {
    const sealed = draft && (await sealDraft(t, assignment, draft))
    // What was handed in meanwhile stands.
    if (sealed)
      await t.trx
        .from('assignments')
        .where('id', assignment.id)
        .whereRaw(`ended_reason is distinct from 'done'`)
        .update({ draft: sealed })
    const minutes = await leaseMinutes.value(t.trx)
    const kept = await t.trx
      .from('assignments')
      .where('id', assignment.id)
      .whereNull('ended_at')
      .whereRaw('expires_at > now()')
      .update({ expires_at: t.trx.raw('now() + make_interval(mins => ?)', [minutes]) })
    if (Number(kept) !== 1) return false
    if (taskKinds.get(assignment.task.kind).ahead) await prolongAhead(t, assignment.userId)
    if (!(await prolongActivity(t, assignment.id))) {
      await t.trx.table('activity_spans').insert({
        id: newId(),
        assignment_id: assignment.id,
        user_id: assignment.userId,
        started_at: t.trx.raw('now()'),
        ended_at: t.trx.raw('now()'),
      })
    }
    return true
  })
}

async function sealDraft(
  t: Transition,
  assignment: Assignment,
  { dataKeyId, ...draft }: Draft & { dataKeyId: string }
): Promise<Buffer> {
  return (await openSealer(dataKeyId, t.trx)).sealJson(draftSealContext(assignment.id), draft)
}

/** Names the place that a draft is bound to. */
export function draftSealContext(assignmentId: string): string {
  return `assignments.draft:${assignmentId}`
}
