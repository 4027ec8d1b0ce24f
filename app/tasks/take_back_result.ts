import Task from '#app/tasks/task'
import type { Transition } from '#app/core/transition'

/** Holds what an ended assignment gave: it counts only after so many seconds, or when the next is saved. */
export async function holdResult(
  t: Transition,
  assignmentId: string,
  seconds: number
): Promise<void> {
  await t.trx
    .from('assignments')
    .where('id', assignmentId)
    .update({ final_at: t.trx.raw(`now() + make_interval(secs => ${Math.round(seconds)})`) })
}

/** Whatever somebody's assignments gave counts from now on; the tasks, by their subjects. */
export async function makeResultsFinal(t: Transition, userId: string): Promise<string[]> {
  const final: { task_id: string }[] = await t.trx
    .from('assignments')
    .where('user_id', userId)
    .whereRaw('final_at > now()')
    .update({ final_at: null })
    .returning(['task_id'])
  const tasks: { subject_id: string }[] = await t.trx
    .from('tasks')
    .whereIn(
      'id',
      final.map((row) => row.task_id)
    )
    .select('subject_id')
  return tasks.map((task) => task.subject_id)
}

/** Discards what an assignment gave: its task is open again, with a draft (sealed) of what was given. */
export async function reopenResult(
  t: Transition,
  { assignmentId, taskId, userId }: { assignmentId: string; taskId: string; userId: string },
  draft: Buffer
): Promise<void> {
  await t.trx
    .from('assignments')
    .where('id', assignmentId)
    .update({ final_at: null, ended_reason: 'given_back', draft })
  await Task.takeBack(t, taskId, { actorId: userId })
}
