import { registerConnectors } from '#app/handover/connectors'
import { submissionListeners } from '#app/submissions/submission_listener'
import { taskKinds } from '#app/tasks/task_kind'
import { notesListener } from './notes_listener.js'
import { PartnerConnector } from './partner_connector.js'
import { stampTask } from './stamp_task.js'

/** What this extension brings: a kind of work, a connector, and a listener. */
export default function register(): void {
  taskKinds.register(stampTask)
  registerConnectors(new PartnerConnector())
  submissionListeners.register(notesListener)
}
