import { adjudicateTask } from '#app/keying/tasks/adjudicate_task'
import { keyTask } from '#app/keying/tasks/key_task'
import { keyingListener } from '#app/keying/keying_submission_listener'
import { provenancePanel } from '#app/keying/provenance_panel'
import { submissionPanels } from '#app/submissions/submission_panel'
import { submissionListeners } from '#app/submissions/submission_listener'
import { taskKinds } from '#app/tasks/task_kind'

/** Registers what this room brings. */
export function registerKeying(): void {
  taskKinds.register(keyTask, adjudicateTask)
  submissionListeners.register(keyingListener)
  submissionPanels.register(provenancePanel)
}
