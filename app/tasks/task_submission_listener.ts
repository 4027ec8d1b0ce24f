import type { SubmissionListener } from '#app/submissions/submission_listener'
import { withdrawAllTasks } from '#app/tasks/withdraw_tasks'

/** There is nothing left to do about a submission that is erased. */
export const taskListener: SubmissionListener = {
  name: 'work',
  seals: ['assignments.draft'],

  async erased(t, { id }) {
    await t.trx
      .from('assignments')
      .whereIn('task_id', t.trx.from('tasks').where('submission_id', id).select('id'))
      .update({ draft: null })
    await withdrawAllTasks(t, id)
    return { keys: [], files: [] }
  },
}
