import type { HandoverContext } from '#app/handover/connector'
import type Handover from '#app/handover/handover'
import { addTask } from '#app/tasks/add_task'
import { withdrawTasks } from '#app/tasks/withdraw_tasks'
import type { Transition } from '#app/core/transition'

/** Times in sites of others go to whoever is first. */
const PRIORITY = 10

/** Has somebody at the center register it in the other site, or take it back there. */
export async function askToRegister(
  t: Transition,
  { handover, submission }: Pick<HandoverContext, 'handover' | 'submission'>
): Promise<void> {
  await addTask(t, {
    kind: 'register',
    subject: { type: 'handover', id: handover.id },
    submissionId: submission.id,
    clientId: submission.clientId,
    linkageId: submission.linkageId,
    groupKey: handover.state === 'canceling' ? 'cancel' : 'register',
    priority: PRIORITY,
  })
}

/** Nobody is to register it any more. */
export async function withdrawRegistering(t: Transition, { id }: Handover): Promise<void> {
  await withdrawTasks(t, { type: 'handover', id }, 'register')
}
