import { frozenVersion } from '#app/catalog/frozen_version'
import type { HandoverContext } from '#app/handover/connector'
import Handover from '#app/handover/handover'
import Submission from '#app/submissions/submission'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import type { Transition } from '#app/core/transition'

/** Everything that a connector or a reply needs of a handover, with its row and its submission's locked. */
export async function handoverContext(t: Transition, handoverId: string): Promise<HandoverContext> {
  const found = await Handover.query({ client: t.trx }).where('id', handoverId).firstOrFail()
  // Always the submission first: the flow locks it before its handover.
  const submission = await Submission.query({ client: t.trx })
    .where('id', found.submissionId)
    .forUpdate()
    .firstOrFail()
  const handover = await Handover.query({ client: t.trx })
    .where('id', handoverId)
    .forUpdate()
    .firstOrFail()
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  const latest = await latestValues(submission, t.trx)
  return {
    handover,
    submission,
    version,
    value: valueIn(latest?.values),
    basis: (field) => latest?.values.get(field)?.basis ?? null,
  }
}
