import type { SubmissionListener } from '#app/submissions/submission_listener'

/** There is nothing to correct in what is erased. */
export const orderListener: SubmissionListener = {
  name: 'orders',
  seals: ['corrections.request', 'corrections.value'],

  async erased(t, { id }) {
    await t.trx
      .from('corrections')
      .where({ submission_id: id, state: 'open' })
      .update({ state: 'kept' })
    return { keys: [], files: [] }
  },
}
