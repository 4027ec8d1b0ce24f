/** Where the kinds of things are put together: each room says what it brings. */
import { callBackTask } from '#app/calls/call_back_task'
import { callTask } from '#app/handover/call_task'
import { identifyTask } from '#app/intake/tasks/identify_task'
import { pairTask } from '#app/intake/tasks/pair_task'
import { adjudicateTask } from '#app/keying/tasks/adjudicate_task'
import { keyTask } from '#app/keying/tasks/key_task'
import { correctTask } from '#app/orders/correct_task'
import { substituteTask } from '#app/replies/substitute_task'
import { taskKinds } from '#app/work/task_kind'

taskKinds.register(
  keyTask,
  adjudicateTask,
  identifyTask,
  pairTask,
  callTask,
  callBackTask,
  substituteTask,
  correctTask
)
