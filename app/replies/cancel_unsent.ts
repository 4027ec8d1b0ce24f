import type { Transition } from '#app/shared/transition'

/** What has not gone into a print run yet would say what is no longer so: it isn't sent. */
export async function cancelUnsent(t: Transition, submissionId: string): Promise<void> {
  await t.trx
    .from('replies')
    .whereIn(
      'id',
      t.trx.from('reply_submissions').where('submission_id', submissionId).select('reply_id')
    )
    .whereIn('state', ['drafted', 'held', 'ready'])
    .update({ state: 'canceled' })
}
