import type Reply from '#app/replies/reply'
import type { Transition } from '#app/shared/transition'

/** A reply that may not be sent, for one of the submissions that it is about. */
export interface StoppedReply extends Pick<Reply, 'id' | 'clientId'> {
  submissionId: string
}

/** Nothing may be sent to their persons: the replies end here, and say why. One query, however many. */
export async function stopReplies(
  t: Transition,
  replies: StoppedReply[],
  /** of stop: why */
  kind: string,
  actorId?: string
): Promise<void> {
  if (replies.length === 0) return
  await t.trx
    .from('replies')
    .whereIn(
      'id',
      replies.map(({ id }) => id)
    )
    .update({ state: 'stopped', stopped_for: kind })
  for (const { id, clientId, submissionId } of replies)
    t.record({
      verb: 'reply.stopped',
      subject: { type: 'reply', id },
      clientId,
      submissionId,
      actorId,
      detail: { kind },
    })
}
