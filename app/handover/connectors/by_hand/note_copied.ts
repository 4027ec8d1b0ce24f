import { byHandOf } from '#app/handover/connectors/by_hand/by_hand_rules'
import type User from '#app/people/user'
import type Assignment from '#app/tasks/assignment'
import { submissionOf } from '#app/tasks/own_assignment'
import { transition } from '#app/core/transition'

/** Notes in the history that somebody copied a value on its way out of the house; false where no step has it. */
export async function noteCopied(
  user: User,
  assignment: Assignment,
  field: string
): Promise<boolean> {
  const { task } = assignment
  if (task.subjectType !== 'handover') return false
  const { submission, version } = await submissionOf(assignment)
  const { steps } = byHandOf(version.description.handover)
  if (!steps.some(({ fields }) => fields.includes(field))) return false
  await transition(async (t) =>
    t.recordOnly({
      verb: 'handover.copied',
      subject: { type: 'handover', id: task.subjectId },
      clientId: submission.clientId,
      submissionId: submission.id,
      actorId: user.id,
      detail: { field },
    })
  )
  return true
}
