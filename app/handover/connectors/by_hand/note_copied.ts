import { frozenVersion } from '#app/catalog/frozen_version'
import { byHandOf } from '#app/handover/connectors/by_hand/by_hand_rules'
import Handover from '#app/handover/handover'
import type User from '#app/people/user'
import Submission from '#app/submissions/submission'
import type Assignment from '#app/tasks/assignment'
import { transition } from '#app/core/transition'

/** Notes in the history that somebody copied a value on its way out of the house; false where no step has it. */
export async function noteCopied(
  user: User,
  { task }: Assignment,
  field: string
): Promise<boolean> {
  if (task.subjectType !== 'handover') return false
  const handover = await Handover.findOrFail(task.subjectId)
  const submission = await Submission.findOrFail(handover.submissionId)
  const version = await frozenVersion(submission.serviceVersionId)
  const { steps } = byHandOf(version.description.handover)
  if (!steps.some(({ fields }) => fields.includes(field))) return false
  await transition(async (t) =>
    t.recordOnly({
      verb: 'handover.copied',
      subject: { type: 'handover', id: handover.id },
      clientId: handover.clientId,
      submissionId: submission.id,
      actorId: user.id,
      detail: { field },
    })
  )
  return true
}
