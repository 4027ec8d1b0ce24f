import { decodeScan } from '#app/intake/decode_scan'
import { readPage } from '#app/intake/read_page'
import { separateStack } from '#app/intake/separate_stack'
import { sendMail } from '#app/core/mail/send_mail'
import { offerFreed } from '#app/rebooking/waiting_list'
import { takeBackElsewhere } from '#app/handover/hand_over_outside'
import { handOver } from '#app/handover/hand_over'
import { followMail } from '#app/replies/mails/follow_mail'
import { prepareReply } from '#app/replies/prepare_reply'
import { findFormPlaces } from '#app/replies/enclosures/find_form_places'
import { typesetPrintRun } from '#app/replies/print_runs/typeset_print_run'
import { openKeying, closeKeying } from '#app/flow/keying_stage'
import { openHandover, openAnswer, closeSubmission } from '#app/flow/answer_stage'
import { clearBatch } from '#app/batches/clear_batch'
import { followServicePlan } from '#app/flow/service_plan_stage'
import { loadBatch } from '#app/batches/load_batch'
import { followPlan } from '#app/batches/plan_batch'
import { checkList } from '#app/mailings/list/check_list'
import { composeMailing } from '#app/mailings/list/compose_mailing'
import { writeExport } from '#app/clients/exports/write_export'
import { findPlaces } from '#app/studio/paper/find_places'
import { takeLedger } from '#app/registry/ledger/take_ledger'
import { compareRegister } from '#app/registry/compare_register'
import { takeRegister } from '#app/registry/take_register'

/** A step of the flow: what is done with a record in a state. Each may be done twice, and does then nothing. */
export interface Stage {
  subject: string
  state: string
  step: (id: string) => Promise<void>
  /** long work outside of a transaction, under a claim */
  claimed?: boolean
}

/**
 * The whole road of a posted form, in order; at the desk people walk it themselves as far as "verified". People's
 * work stands between: they key, decide, call, print. Beside it, mail, forms
 * that are handed in blank, and the client's register.
 */
export const STAGES: Stage[] = [
  { subject: 'scan', state: 'received', step: decodeScan, claimed: true },
  { subject: 'page', state: 'pending', step: readPage, claimed: true },
  { subject: 'scan', state: 'decoded', step: separateStack },
  { subject: 'submission', state: 'reading', step: openKeying },
  { subject: 'submission', state: 'keying', step: closeKeying },
  { subject: 'submission', state: 'adjudicating', step: closeKeying },
  { subject: 'submission', state: 'verified', step: openHandover },
  { subject: 'handover', state: 'pending', step: handOver },
  { subject: 'handover', state: 'canceling', step: takeBackElsewhere },
  { subject: 'submission', state: 'handing_over', step: openAnswer },
  { subject: 'reply', state: 'drafted', step: prepareReply },
  { subject: 'print_run', state: 'planned', step: typesetPrintRun },
  { subject: 'submission', state: 'replying', step: closeSubmission },
  { subject: 'slot', state: 'open', step: offerFreed },
  { subject: 'mail', state: 'queued', step: sendMail },
  { subject: 'mail', state: 'failed', step: followMail },
  { subject: 'mail', state: 'withdrawn', step: followMail },
  { subject: 'mail', state: 'returned', step: followMail },
  { subject: 'blank_form', state: 'received', step: findPlaces, claimed: true },
  { subject: 'enclosed_form', state: 'received', step: findFormPlaces, claimed: true },
  { subject: 'batch', state: 'loading', step: loadBatch, claimed: true },
  { subject: 'batch', state: 'open', step: followPlan },
  { subject: 'batch', state: 'paused', step: followPlan },
  { subject: 'batch', state: 'canceling', step: clearBatch, claimed: true },
  { subject: 'mailing', state: 'checking', step: checkList, claimed: true },
  { subject: 'mailing', state: 'composing', step: composeMailing, claimed: true },
  { subject: 'service_plan', state: 'planned', step: followServicePlan },
  { subject: 'export', state: 'asked', step: writeExport, claimed: true },
  { subject: 'ledger_import', state: 'received', step: takeLedger, claimed: true },
  { subject: 'register_import', state: 'received', step: compareRegister, claimed: true },
  { subject: 'register_import', state: 'taking', step: takeRegister, claimed: true },
]
