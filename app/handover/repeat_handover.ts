import type User from '#app/people/user'
import { transition, type Transition } from '#app/core/transition'
import { connectors } from '#app/handover/connectors'
import Handover from '#app/handover/handover'
import Submission from '#app/submissions/submission'

/** A handover that failed is tried again. False when there is none. */
export async function repeatHandover(user: User, submissionId: string): Promise<boolean> {
  return withNewest(submissionId, async (t, handover) => {
    if (handover.state !== 'failed') return false
    await handover.tryAgain(t, { actorId: user.id, toldTo: submissionId })
    return true
  })
}

/** Takes back from a digital service outside what it was given. False when it has nothing. */
export async function takeBackHandover(user: User, submissionId: string): Promise<boolean> {
  return withNewest(submissionId, async (t, handover) => {
    const { isElsewhere } = connectors.get(handover.connector)
    if (!isElsewhere || handover.state !== 'done') return false
    await handover.takeBack(t, { actorId: user.id, toldTo: submissionId })
    return true
  })
}

function withNewest(
  submissionId: string,
  change: (t: Transition, handover: Handover) => Promise<boolean>
): Promise<boolean> {
  return transition(async (t) => {
    // Always the submission first: the flow locks it before its handover.
    await Submission.query({ client: t.trx }).where('id', submissionId).forUpdate().firstOrFail()
    const handover = await Handover.query({ client: t.trx })
      .where({ submissionId })
      .orderBy('createdAt', 'desc')
      .forUpdate()
      .first()
    return handover ? change(t, handover) : false
  })
}
