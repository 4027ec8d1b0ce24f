import Reply from '#app/replies/reply'
import type { Transition } from '#app/core/transition'

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
  const submissions = new Map<string, string[]>()
  for (const { id, submissionId } of replies)
    submissions.set(id, [...(submissions.get(id) ?? []), submissionId])
  await Reply.stop(t, [...submissions.keys()], kind, { actorId, submissions })
}
