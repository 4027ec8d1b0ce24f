/** Where the kinds of things are put together: each room says what it brings, then each extension. */
import { callBackTask } from '#app/calls/call_back_task'
import { callTask } from '#app/handover/call_task'
import { identifyTask } from '#app/intake/tasks/identify_task'
import { pairTask } from '#app/intake/tasks/pair_task'
import { adjudicateTask } from '#app/keying/tasks/adjudicate_task'
import { keyTask } from '#app/keying/tasks/key_task'
import { correctTask } from '#app/orders/correct_task'
import { substituteTask } from '#app/replies/substitute_task'
import { taskListener } from '#app/work/task_submission_listener'
import { intakeListener } from '#app/intake/intake_submission_listener'
import { keyingListener } from '#app/keying/keying_submission_listener'
import { bookingListener } from '#app/bookings/booking_submission_listener'
import { ledgerListener } from '#app/ledger/ledger_submission_listener'
import { handoverListener } from '#app/handover/handover_submission_listener'
import { replyListener } from '#app/replies/reply_submission_listener'
import { printingListener } from '#app/printing/printing_submission_listener'
import { exportListener } from '#app/exports/export_submission_listener'
import { orderListener } from '#app/orders/order_submission_listener'
import { deskListener } from '#app/desk/desk_submission_listener'
import { callListener } from '#app/calls/call_submission_listener'
import { loadExtensions } from '#app/shared/extensions'
import { submissionListeners } from '#app/submissions/submission_listener'
import { taskKinds } from '#app/work/task_kind'

submissionListeners.register(
  taskListener,
  intakeListener,
  keyingListener,
  bookingListener,
  ledgerListener,
  handoverListener,
  replyListener,
  printingListener,
  exportListener,
  orderListener,
  deskListener,
  callListener
)

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

await loadExtensions()
