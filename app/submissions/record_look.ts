import type User from '#app/people/user'
import type Submission from '#app/submissions/submission'
import { transition } from '#app/core/transition'

/** Keeps that somebody looked at a submission. */
export async function recordLook(user: User, submission: Submission): Promise<void> {
  await transition(async (t) => {
    t.recordOnly({
      verb: 'submission.viewed',
      subject: { type: 'submission', id: submission.id },
      clientId: submission.clientId,
      submissionId: submission.id,
      actorId: user.id,
    })
  })
}
