import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import Task from '#app/tasks/task'
import type { Transition } from '#app/core/transition'

/** Withdraws all open and leased work about a submission. */
export async function withdrawAllTasks(t: Transition, submissionId: string): Promise<void> {
  await withdraw(t, t.trx.from('tasks').where('submission_id', submissionId))
}

/** Withdraws the open and leased work of a kind on a subject: there is nothing left to ask. */
export async function withdrawTasks(
  t: Transition,
  subject: { type: string; id: string },
  kind: string
): Promise<void> {
  const { type, id } = subject
  await withdraw(t, t.trx.from('tasks').where({ subject_type: type, subject_id: id, kind }))
}

/** Withdraws one pass of the open and leased work on a part of a subject. */
export async function withdrawPass(
  t: Transition,
  subject: { type: string; id: string },
  { kind, groupKey, pass }: { kind: string; groupKey: string; pass: number }
): Promise<void> {
  const { type, id } = subject
  const tasks = t.trx.from('tasks').where({ subject_type: type, subject_id: id, kind })
  await withdraw(t, tasks.where({ group_key: groupKey, pass }))
}

/** Withdraws open and leased work of a kind in a group, at most `max` of it; how much it was. */
export async function withdrawOfGroup(
  t: Transition,
  kind: string,
  groupKey: string,
  max: number
): Promise<number> {
  const waiting = t.trx
    .from('tasks')
    .where({ kind, group_key: groupKey })
    .whereIn('state', ['open', 'leased'])
    .limit(max)
  return withdraw(t, waiting)
}

async function withdraw(t: Transition, tasks: DatabaseQueryBuilderContract): Promise<number> {
  const going: { id: string }[] = await t.trx
    .from('tasks')
    .whereIn('id', tasks.select('id'))
    .whereIn('state', ['open', 'leased'])
    .select('id')
  const withdrawn = await Task.withdraw(
    t,
    going.map((task) => task.id)
  )
  await t.trx
    .from('assignments')
    .whereIn(
      'task_id',
      withdrawn.map((task) => task.id)
    )
    .whereNull('ended_at')
    .update({ ended_at: t.trx.raw('now()'), ended_reason: 'withdrawn' })
  return withdrawn.length
}
