import { submissionListeners } from '#app/submissions/submission_listener'
import { taskKinds } from '#app/tasks/task_kind'
import { notesListener } from './notes_listener.js'
import { stampTask } from './stamp_task.js'

/** What this extension brings: a kind of work, and a listener. */
export default function register(): void {
  taskKinds.register(stampTask)
  submissionListeners.register(notesListener)
}
