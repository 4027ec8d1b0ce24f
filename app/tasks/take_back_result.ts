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

/**
 * Whatever somebody's assignments gave counts from now on.
 * @returns the subjects of which no task of the kind is left: whatever waits for all of them may go on
 */
export async function makeResultsFinal(t: Transition, userId: string): Promise<string[]> {
  const { rows } = await t.trx.rawQuery<{ rows: { subject: string; isLast: boolean }[] }>(
    `update assignments a set final_at = null from tasks
     where a.user_id = :userId and a.final_at > now() and tasks.id = a.task_id
     returning tasks.subject_id as subject, not exists (
       select 1 from tasks other where other.subject_type = tasks.subject_type and other.subject_id = tasks.subject_id
         and other.kind = tasks.kind and other.state in ('open', 'leased')) as "isLast"`,
    { userId }
  )
  return rows.flatMap(({ subject, isLast }) => (isLast ? subject : []))
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
