import { callTask } from '#app/handover/call_task'
import { handoverListener } from '#app/handover/handover_submission_listener'
import { ledgerListeners } from '#app/registry/ledger/ledger_listener'
import { acceptanceListener } from '#app/handover/acceptance/acceptance_submission_listener'
import { navigation } from '#app/people/navigation'
import { rematchWaiting } from '#app/handover/acceptance/rematch'
import { submissionListeners } from '#app/submissions/submission_listener'
import { taskKinds } from '#app/tasks/task_kind'

/** What this room brings. */
export function registerHandover(): void {
  taskKinds.register(callTask)
  submissionListeners.register(handoverListener, acceptanceListener)
  ledgerListeners.register({ name: 'acceptance', taken: rematchWaiting })
  navigation.register({
    name: '/checks',
    label: 'checks.menu',
    permission: 'requests.accept',
    rank: 110,
  })
}
