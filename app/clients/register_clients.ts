import { retention } from '#app/core/retention'
import { removeGoneExports } from '#app/clients/exports/clean_up'
import { flowSubjects } from '#app/core/subjects'
import { countLateOrders } from '#app/clients/count_late_orders'
import { correctTask } from '#app/clients/correct_task'
import { correctionPanel } from '#app/clients/correction_panel'
import { exportListener } from '#app/clients/exports/export_submission_listener'
import { exportDays } from '#app/clients/exports/write_export'
import { settings } from '#app/core/settings'
import { navigation } from '#app/people/navigation'
import { correctionOfRecheck } from '#app/clients/recheck_correction'
import { recheckListeners } from '#app/keying/rechecks/recheck_listener'
import { orderListener } from '#app/clients/order_submission_listener'
import { submissionListeners } from '#app/submissions/submission_listener'
import { submissionPanels } from '#app/submissions/submission_panel'
import { taskKinds } from '#app/tasks/task_kind'

/** Registers what this room brings. */
export function registerClients(): void {
  flowSubjects.register({ name: 'export', table: 'exports', claimed: true, queue: 'reading' })
  taskKinds.register(correctTask)
  recheckListeners.register(correctionOfRecheck)
  submissionListeners.register(exportListener, orderListener)
  submissionPanels.register(correctionPanel)
  settings.register(exportDays)
  navigation.register(
    {
      name: '/orders',
      label: 'clients.title',
      icon: 'briefcase',
      group: 'receive',
      permission: 'orders.see',
      also: ['/layouts', '/mailings'],
      rank: 40,
      waiting: countLateOrders,
    },
    {
      name: '/exports',
      label: 'exports.title',
      icon: 'arrow-down-tray',
      group: 'deliver',
      permission: 'values.export',
      rank: 70,
    }
  )
  retention.register({ name: 'exports', removeOver: removeGoneExports })
}
