import { adjudicateTask } from '#app/keying/tasks/adjudicate_task'
import { keyTask } from '#app/keying/tasks/key_task'
import { keyingListener } from '#app/keying/keying_submission_listener'
import { knownShare, weeklyRechecks } from '#app/keying/rechecks/plan'
import { compareRechecks } from '#app/keying/rechecks/compare_rechecks'
import { dropOldRechecks } from '#app/keying/rechecks/drop_rechecks'
import { plantRechecks } from '#app/keying/rechecks/plant_rechecks'
import { recurringJobs } from '#app/core/recurring'
import { settings } from '#app/core/settings'
import { provenancePanel } from '#app/keying/provenance_panel'
import { submissionPanels } from '#app/submissions/submission_panel'
import { submissionListeners } from '#app/submissions/submission_listener'
import { taskKinds } from '#app/tasks/task_kind'

/** Registers what this room brings. */
export function registerKeying(): void {
  settings.register(knownShare, weeklyRechecks)
  recurringJobs.register(
    { name: 'plant rechecks', everySeconds: 60, run: plantRechecks },
    { name: 'compare rechecks', everySeconds: 60, run: compareRechecks },
    { name: 'drop rechecks', everySeconds: 3600, run: dropOldRechecks }
  )
  taskKinds.register(keyTask, adjudicateTask)
  submissionListeners.register(keyingListener)
  submissionPanels.register(provenancePanel)
}
