import type Submission from '#app/submissions/submission'
import type { Transition } from '#app/core/transition'
import { addTask } from '#app/tasks/add_task'

/** Somebody calls the resident: what was wished couldn't be had. Each time is a round of its own. */
export async function askToCall(t: Transition, submission: Submission): Promise<void> {
  const { count } = await t.trx
    .from('tasks')
    .where({ subject_type: 'submission', subject_id: submission.id, kind: 'call' })
    .count('* as count')
    .firstOrFail()
  await addTask(t, {
    kind: 'call',
    subject: { type: 'submission', id: submission.id },
    submissionId: submission.id,
    clientId: submission.clientId,
    linkageId: submission.linkageId,
    round: Number(count) + 1,
    priority: 10,
  })
}
