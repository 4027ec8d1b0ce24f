import Task from '#app/tasks/task'
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
