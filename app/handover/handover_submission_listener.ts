import type { SubmissionListener } from '#app/submissions/submission_listener'
import { withdrawTasks } from '#app/work/withdraw_tasks'

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
