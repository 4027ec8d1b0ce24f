import { newId } from '#app/shared/ids'
import { openSealer } from '#app/shared/sealing'
import { transition } from '#app/shared/transition'
import type Assignment from '#app/work/assignment'
import { prolongActivity } from '#app/work/end_assignment'
import { LEASE_MINUTES } from '#app/work/take_next_task'

/**
 * A sign of life from who works on a task: the lease is prolonged, the time counts as active, and the
 * draft is kept sealed with the submission's key.
 * @returns false when the lease has run out: the draft is kept all the same
 */
export async function keepAlive(
  assignment: Assignment,
  draft: { dataKeyId: string; values: Record<string, string> } | null
): Promise<boolean> {
  return transition(async (t) => {
    const sealed =
      draft &&
      (await openSealer(draft.dataKeyId, t.trx)).sealJson(draftPlace(assignment.id), draft.values)
    if (sealed) await t.trx.from('assignments').where('id', assignment.id).update({ draft: sealed })
    const kept = await t.trx
      .from('assignments')
      .where('id', assignment.id)
      .whereNull('ended_at')
      .whereRaw('expires_at > now()')
      .update({ expires_at: t.trx.raw(`now() + interval '${LEASE_MINUTES} minutes'`) })
    if (Number(kept) !== 1) return false
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

/** What a draft is bound to. */
export function draftPlace(assignmentId: string): string {
  return `assignments.draft:${assignmentId}`
}
