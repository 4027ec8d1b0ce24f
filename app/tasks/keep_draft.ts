import type Assignment from '#app/tasks/assignment'
import { draftSealContext, type Draft } from '#app/tasks/keep_alive'
import type { Sealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

/** Keeps what somebody had keyed for them to find again, sealed with the key of what it is about. */
export async function keepDraft(
  t: Transition,
  { id }: Assignment,
  sealer: Sealer,
  draft: Draft
): Promise<void> {
  const sealed = sealer.sealJson(draftSealContext(id), draft)
  await t.trx.from('assignments').where('id', id).update({ draft: sealed })
}

/** Nothing that anybody had keyed of a task is kept, or can be taken back, any more. */
export async function forgetDrafts(t: Transition, taskId: string): Promise<void> {
  await t.trx
    .from('assignments')
    .where('task_id', taskId)
    .whereNotNull('draft')
    .update({ draft: null, final_at: null })
}
