import { batchesOfOrder } from '#app/batches/batches_of_order'
import { orderParts } from '#app/clients/order_part'
import { flowSubjects } from '#app/core/subjects'
import { recurringJobs } from '#app/core/recurring'
import { retention } from '#app/core/retention'
import { settings } from '#app/core/settings'
import {
  endExpiredPacks,
  endUnentrustedPacks,
  packUserListener,
} from '#app/batches/packs/end_packs'
import { packPanel } from '#app/batches/packs/pack_panel'
import { inspectionDays } from '#app/batches/packs/terms'
import { pieceDecideTask } from '#app/batches/pieces/piece_decide_task'
import { pieceTask } from '#app/batches/pieces/piece_task'
import { acceptSilently, deemedDays } from '#app/batches/accept_silently'
import { batchDays, removeOldBatches } from '#app/batches/remove_old_batches'
import { teamUserListener } from '#app/batches/teams/team_user_listener'
import { navigation } from '#app/people/navigation'
import { userListeners } from '#app/people/user_listener'
import { taskKinds } from '#app/tasks/task_kind'
import { workPanels } from '#app/tasks/work_panel'

/** Registers what this room brings. */
export function registerBatches(): void {
  flowSubjects.register({ name: 'batch', table: 'batches', claimed: true, queue: 'reading' })
  taskKinds.register(pieceTask, pieceDecideTask)
  workPanels.register(packPanel)
  orderParts.register(batchesOfOrder)
  userListeners.register(packUserListener, teamUserListener)
  settings.register(inspectionDays, batchDays, deemedDays)
  navigation.register({
    name: '/batches',
    label: 'batches.title',
    icon: 'square-3-stack-3d',
    group: 'receive',
    permission: 'orders.see',
    also: ['/work-kinds', '/teams'],
    rank: 45,
  })
  recurringJobs.register({ name: 'end packs', everySeconds: 30, run: endExpiredPacks })
  recurringJobs.register({
    name: 'end unentrusted packs',
    everySeconds: 30,
    run: endUnentrustedPacks,
  })
  recurringJobs.register({ name: 'accept silently', everySeconds: 3600, run: acceptSilently })
  retention.register({ name: 'batches', removeOver: removeOldBatches })
}
