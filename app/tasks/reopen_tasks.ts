import Task from '#app/tasks/task'
import type { Transition } from '#app/core/transition'

/** Work on a subject that was withdrawn is there to be done after all: all of it, or a pass on a part. */
export async function reopenTasks(
  t: Transition,
  subject: { type: string; id: string },
  of?: { kind: string; groupKey: string; pass: number }
): Promise<void> {
  const withdrawn: { id: string }[] = await t.trx
    .from('tasks')
    .where({ subject_type: subject.type, subject_id: subject.id, state: 'withdrawn' })
    .if(of, (query) => query.where({ kind: of!.kind, group_key: of!.groupKey, pass: of!.pass }))
    .select('id')
  await Task.reopen(
    t,
    withdrawn.map((one) => one.id)
  )
}
