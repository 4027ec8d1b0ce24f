import Reply from '#app/replies/reply'
import type { Transition } from '#app/core/transition'

/** Cancels what has not gone into a print run yet: it would say what is no longer so. */
export async function cancelUnsent(t: Transition, submissionId: string): Promise<void> {
  const replies: { id: string }[] = await t.trx
    .from('reply_submissions')
    .where('submission_id', submissionId)
    .select('reply_id as id')
  await Reply.cancel(
    t,
    replies.map((reply) => reply.id),
    { from: ['drafted', 'held', 'ready'] }
  )
}
