import { askToCall } from '#app/handover/ask_to_call'
import type { SubmissionListener } from '#app/submissions/submission_listener'
import { withdrawTasks } from '#app/tasks/withdraw_tasks'

/** What is being handed over ends when its values, or its person, are no longer. */
export const handoverListener: SubmissionListener = {
  name: 'handover',
  seals: [],

  async corrected(t, { id }) {
    await t.trx
      .from('handovers')
      .where('submission_id', id)
      .whereIn('state', ['pending', 'asked', 'waiting', 'checking', 'incomplete', 'late'])
      .update({ state: 'canceled' })
    await withdrawTasks(t, { type: 'submission', id }, 'call')
  },

  /** What was wished wasn't free: they are asked on the phone after all. */
  async callable(t, submission) {
    const [full] = await t.trx
      .from('handovers')
      .where({ submission_id: submission.id, state: 'full' })
      .update({ state: 'asked' })
      .returning(['id'])
    if (!full) return false
    await askToCall(t, submission)
    if (submission.state !== 'handing_over') await submission.handOver(t)
    t.wake({ type: 'submission', id: submission.id })
    return true
  },

  async stopped(t, { id, hasDied, mayBeCalled }) {
    const handovers = () => t.trx.from('handovers').where('submission_id', id)
    const asked = mayBeCalled
      ? 0
      : await handovers().where('state', 'asked').update({ state: 'full' })
    if (!mayBeCalled) await withdrawTasks(t, { type: 'submission', id }, 'call')
    if (hasDied)
      await handovers()
        .whereIn('state', ['pending', 'asked', 'waiting', 'done', 'full'])
        .update({ state: 'canceled' })
    return Number(asked)
  },
}
