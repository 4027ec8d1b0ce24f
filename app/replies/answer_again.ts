import type ServiceVersion from '#app/catalog/service_version'
import type { Transition } from '#app/core/transition'
import { openReply } from '#app/replies/open_reply'
import type Submission from '#app/submissions/submission'

/** Another letter about a request that was answered before; false where nothing may be sent. */
export async function answerAgain(
  t: Transition,
  { submission, version }: { submission: Submission; version: ServiceVersion },
  revisionId: string,
  kind: string,
  occasion: string
): Promise<boolean> {
  const reply = await openReply(t, submission, version, {
    kind,
    product: 'letter',
    revisionId,
    occasion,
  })
  if (reply) await submission.reopenToReply(t)
  return reply !== null
}
