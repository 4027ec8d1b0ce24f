import { healthChecks } from '#app/core/health'
import { outsideCheck } from '#app/handover/outside_check'
import { handoverPart } from '#app/handover/handover_part'
import { callScriptPart } from '#app/handover/call_script_part'
import { descriptionParts } from '#app/catalog/description_part'
import { registerConnectors } from '#app/handover/connectors'
import { BookingConnector } from '#app/handover/connectors/booking/booking_connector'
import { ByHandConnector } from '#app/handover/connectors/by_hand/by_hand_connector'
import { registerTask } from '#app/handover/connectors/by_hand/register_task'
import { DeliveryConnector } from '#app/handover/connectors/delivery/delivery_connector'
import { RideConnector } from '#app/handover/connectors/ride/ride_connector'
import { flowSubjects } from '#app/core/subjects'
import { callTask } from '#app/handover/call_task'
import { recheckListeners } from '#app/keying/rechecks/recheck_listener'
import { standingHandover } from '#app/handover/standing_handover'
import { handoverListener } from '#app/handover/handover_submission_listener'
import { ledgerListeners } from '#app/registry/ledger/ledger_listener'
import { acceptanceListener } from '#app/handover/acceptance/acceptance_submission_listener'
import { countOpenChecks } from '#app/handover/acceptance/list_checks'
import { navigation } from '#app/people/navigation'
import { rematchWaiting } from '#app/handover/acceptance/rematch'
import { handoverPanel } from '#app/handover/handover_panel'
import { submissionPanels } from '#app/submissions/submission_panel'
import { submissionListeners } from '#app/submissions/submission_listener'
import { taskKinds } from '#app/tasks/task_kind'

/** Registers what this room brings. */
export function registerHandover(): void {
  descriptionParts.register(handoverPart, callScriptPart)
  registerConnectors(
    new BookingConnector(),
    new RideConnector(),
    new DeliveryConnector(),
    new ByHandConnector()
  )
  flowSubjects.register({ name: 'handover', table: 'handovers', claimed: true })
  taskKinds.register(callTask, registerTask)
  recheckListeners.register(standingHandover)
  submissionPanels.register(handoverPanel)
  submissionListeners.register(handoverListener, acceptanceListener)
  ledgerListeners.register({ name: 'acceptance', taken: rematchWaiting })
  navigation.register({
    name: '/checks',
    label: 'acceptance.menu',
    icon: 'clipboard-document-check',
    group: 'decide',
    permission: 'requests.accept',
    rank: 110,
    waiting: countOpenChecks,
  })
  healthChecks.register(outsideCheck)
}
