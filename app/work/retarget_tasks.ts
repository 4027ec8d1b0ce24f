import type { Transition } from '#app/shared/transition'

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
    t.trx
      .from('tasks')
      .where('subject_type', 'submission')
      .whereIn('subject_id', submissionIds)
      .whereIn('state', ['open', 'leased'])
  await tasks().update({ due_on: dueOn, ...(mayBeAtHome ? {} : { place: 'center' }) })
  if (mayBeAtHome) return
  const ended: { task_id: string }[] = await t.trx
    .from('assignments')
    .whereIn('task_id', tasks().select('id'))
    .where('place', 'home')
    .whereNull('ended_at')
    .update({ ended_at: t.trx.raw('now()'), ended_reason: 'withdrawn' })
    .returning(['task_id'])
  await t.trx
    .from('tasks')
    .whereIn(
      'id',
      ended.map((one) => one.task_id)
    )
    .update({ state: 'open' })
}
