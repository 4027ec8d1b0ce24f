import Task from '#app/tasks/task'
import { placeOf, type NewTask } from '#app/tasks/add_task'
import type { Transition } from '#app/core/transition'

/** Work on a subject that was withdrawn is there to be done after all. */
export async function reopenTasks(
  t: Transition,
  subject: { type: string; id: string }
): Promise<void> {
  const withdrawn: { id: string }[] = await t.trx
    .from('tasks')
    .where({ subject_type: subject.type, subject_id: subject.id, state: 'withdrawn' })
    .select('id')
  await Task.reopen(
    t,
    withdrawn.map((one) => one.id)
  )
}

/** One unit of work that was withdrawn is there after all, for whom and when it would be if it were added now. */
export async function reopenAs(t: Transition, task: NewTask): Promise<void> {
  const withdrawn: { id: string }[] = await t.trx
    .from('tasks')
    .where({
      subject_type: task.subject.type,
      subject_id: task.subject.id,
      kind: task.kind,
      group_key: task.groupKey ?? '',
      round: task.round ?? 1,
      pass: task.pass ?? 1,
      state: 'withdrawn',
    })
    .select('id')
  const ids = withdrawn.map((one) => one.id)
  await Task.reopen(t, ids)
  if (ids.length > 0) await t.trx.from('tasks').whereIn('id', ids).update(placeOf(t, task))
}
