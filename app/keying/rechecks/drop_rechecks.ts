import db from '@adonisjs/lucid/services/db'
import { RECHECK_PASS } from '#app/keying/passes'
import { forgetDrafts } from '#app/tasks/keep_draft'
import { withdrawPass } from '#app/tasks/withdraw_tasks'
import { transition, type Transition } from '#app/core/transition'

/** Days in which nobody has keyed it again. */
const UNKEYED_DAYS = 7
const AT_ONCE = 200

/** Withdraws what nobody could key again: its pictures may be gone soon. */
export async function dropOldRechecks(): Promise<void> {
  const over: { submission_id: string }[] = await db
    .from('rechecks')
    .whereNull('keyed_at')
    .whereNull('dropped_at')
    .whereRaw(`created_at < now() - interval '${UNKEYED_DAYS} days'`)
    .orderBy('created_at')
    .limit(AT_ONCE)
    .select('submission_id')
  for (const { submission_id: id } of over) await transition((t) => dropRechecks(t, id))
}

/** Withdraws what of a request is to be keyed again. */
export async function dropRechecks(t: Transition, submissionId: string): Promise<void> {
  const dropped: { group_key: string }[] = await t.trx
    .from('rechecks')
    .where('submission_id', submissionId)
    .whereNull('keyed_at')
    .whereNull('dropped_at')
    .update({ dropped_at: t.trx.raw('now()') })
    .returning(['group_key'])
  for (const { group_key: groupKey } of dropped) {
    await withdrawPass(
      t,
      { type: 'submission', id: submissionId },
      { kind: 'key', groupKey, pass: RECHECK_PASS }
    )
    const task: { id: string } | null = await t.trx
      .from('tasks')
      .where({ subject_id: submissionId, kind: 'key', group_key: groupKey, pass: RECHECK_PASS })
      .select('id')
      .first()
    if (task) await forgetDrafts(t, task.id)
  }
}
