import { dayFigures } from '#app/core/day_figures'
import { products } from '#app/replies/products/product'
import { mailGuards } from '#app/core/mail/mail_guard'
import { replyMailGuard } from '#app/replies/mails/reply_mail_guard'
import { mailProduct } from '#app/replies/products/mail/mail_product'
import { letterProduct } from '#app/replies/products/letter/letter_product'
import { postcardProduct } from '#app/replies/products/postcard/postcard_product'
import { slipProduct } from '#app/replies/products/slip/slip_product'
import { lettersPart } from '#app/replies/letters_part'
import { descriptionParts } from '#app/catalog/description_part'
import { flowSubjects } from '#app/core/subjects'
import { callBackReasons } from '#app/replies/calls/call_back_reason'
import { returnedReason } from '#app/replies/returns/returned_reason'
import { callBackTask } from '#app/replies/calls/call_back_task'
import { callListener } from '#app/replies/calls/call_submission_listener'
import { encloseTask } from '#app/replies/print_runs/enclose_task'
import { countReady } from '#app/replies/print_runs/list_print_runs'
import { navigation } from '#app/people/navigation'
import { postageSettings } from '#app/replies/postings/postage'
import { settings } from '#app/core/settings'
import { printingListener } from '#app/replies/print_runs/printing_submission_listener'
import { replyListener } from '#app/replies/reply_submission_listener'
import { replyPanel } from '#app/replies/reply_panel'
import { submissionListeners } from '#app/submissions/submission_listener'
import { submissionPanels } from '#app/submissions/submission_panel'
import { substituteTask } from '#app/replies/substitute_task'
import { taskKinds } from '#app/tasks/task_kind'

/** Registers what this room brings. */
export function registerReplies(): void {
  dayFigures.register(
    {
      name: 'call_backs',
      part: 'waits',
      href: '/calls',
      rows: `from call_backs where state = 'open'`,
      since: 'created_at',
    },
    {
      name: 'ready',
      part: 'leaves',
      href: '/print-runs',
      rows: `from replies where state = 'ready' and mailing_id is null and product <> 'mail'`,
      since: 'created_at',
    },
    {
      name: 'reply_mails',
      part: 'leaves',
      href: '/mail',
      rows: `from replies where state = 'ready' and product = 'mail'`,
      since: 'created_at',
    },
    {
      name: 'held',
      part: 'leaves',
      href: '/print-runs',
      rows: `from replies where state = 'held'`,
      since: 'created_at',
    },
    {
      name: 'runs',
      part: 'leaves',
      href: '/print-runs',
      rows: `from print_runs where state <> 'posted'`,
      since: 'created_at',
    }
  )
  products.register(letterProduct, postcardProduct, slipProduct, mailProduct)
  mailGuards.register(replyMailGuard)
  descriptionParts.register(lettersPart)
  flowSubjects.register(
    { name: 'reply', table: 'replies' },
    { name: 'enclosed_form', table: 'enclosed_forms', claimed: true, queue: 'reading' },
    { name: 'print_run', table: 'print_runs' },
    { name: 'posting', table: 'postings' }
  )
  settings.register(...postageSettings)
  taskKinds.register(callBackTask, encloseTask, substituteTask)
  submissionListeners.register(replyListener, printingListener, callListener)
  submissionPanels.register(replyPanel)
  callBackReasons.register(returnedReason)
  navigation.register(
    {
      name: '/print-runs',
      label: 'print_runs.title',
      icon: 'printer',
      group: 'deliver',
      permission: 'letters.print',
      rank: 80,
      waiting: countReady,
    },
    {
      name: '/postings',
      label: 'postings.title',
      icon: 'truck',
      group: 'deliver',
      permission: 'letters.print',
      rank: 81,
    },
    {
      name: '/returned-mail',
      label: 'returns.title',
      icon: 'arrow-uturn-left',
      group: 'deliver',
      permission: 'letters.print',
      rank: 82,
    }
  )
}
