import type User from '#app/people/user'
import type Reply from '#app/replies/reply'
import { transition } from '#app/core/transition'

/** Tells of each request that an answer to it was looked at. The reply's submissions are loaded. */
export async function viewReply(user: User, reply: Reply): Promise<void> {
  await transition(async (t) => {
    for (const submission of reply.submissions)
      t.recordOnly({
        verb: 'reply.viewed',
        subject: { type: 'reply', id: reply.id },
        clientId: reply.clientId,
        submissionId: submission.id,
        actorId: user.id,
      })
  })
}
