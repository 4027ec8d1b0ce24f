import type User from '#app/people/user'
import { transition, type Transition } from '#app/core/transition'
import { connectors } from '#app/handover/connectors'
import { endWork } from '#app/handover/end_work'
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

/**
 * Takes back from a digital service elsewhere what it was given, by whatever revision; what somebody was still to give it
 * isn't wanted any more. False when there is neither.
 */
export async function takeBackHandover(user: User, submissionId: string): Promise<boolean> {
  return withNewest(submissionId, async (t) => {
    const change = { actorId: user.id, toldTo: submissionId }
    const all = await Handover.of(t, submissionId, ['asked', 'done'])
    const elsewhere = all.filter(({ connector }) => connectors.get(connector).isElsewhere)
    for (const handover of elsewhere) {
      if (handover.state === 'done') await handover.takeBack(t, change)
      else await endWork(t, handover, change)
    }
    return elsewhere.length > 0
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
