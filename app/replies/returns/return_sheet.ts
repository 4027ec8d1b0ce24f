import db from '@adonisjs/lucid/services/db'
import { addCallBack } from '#app/replies/calls/call_backs'
import { lockRun } from '#app/replies/print_runs/lock_run'
import PrintRun from '#app/replies/print_runs/print_run'
import { recordOfReply } from '#app/replies/print_runs/record_of_reply'
import Sheet from '#app/replies/print_runs/sheet'
import { sheetCode } from '#app/replies/print_runs/sheet_code'
import Reply from '#app/replies/reply'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import Submission from '#app/submissions/submission'
import { transition, type Transition } from '#app/core/transition'

/** Reasons for which the post brings a letter back: as its label says them. */
export const RETURN_REASONS = [
  'unknown_address',
  'gone_away',
  'refused',
  'unclaimed',
  'other',
] as const
export type ReturnReason = (typeof RETURN_REASONS)[number]

export type Returned =
  | { ok: true; run: number; number: number; calls: number }
  | { ok: false; reason: 'unknown_code' | 'not_posted' | 'already' }

/**
 * A letter came back: its sheet says why. Whoever it answers is called, as the next letter would come back too; of a
 * list the client reads it in its report.
 */
export async function returnSheet(
  user: User,
  scanned: string,
  reason: ReturnReason
): Promise<Returned> {
  const found: { id: string; print_run_id: string } | null = await db
    .from('sheets')
    .where('code', sheetCode(scanned))
    .select('id', 'print_run_id')
    .first()
  const known =
    found && (await visibleTo(PrintRun.query(), user).where('id', found.print_run_id).first())
  if (!found || !known) return { ok: false, reason: 'unknown_code' }
  return transition(async (t) => {
    const run = await lockRun(t, found.print_run_id, { id: found.id })
    const sheet = await Sheet.query({ client: t.trx })
      .where('id', found.id)
      .forUpdate()
      .firstOrFail()
    if (sheet.state === 'returned') return { ok: false, reason: 'already' }
    if (sheet.state !== 'posted') return { ok: false, reason: 'not_posted' }
    await Sheet.comeBack(t, sheet.id, reason, user.id)
    await recordOfReply(t, sheet, run, 'sheet.returned', user)
    t.announce(`print-runs/${run.id}`)
    const reply = await Reply.findOrFail(sheet.replyId, { client: t.trx })
    // Of a copy it was the relative who couldn't be found.
    const calls = reply.relativeId ? 0 : await callAbout(t, reply.id)
    return { ok: true, run: run.number, number: sheet.number, calls }
  })
}

/** Puts whom a letter answers on the list of those to be called, unless they are on it for this already. */
async function callAbout(t: Transition, replyId: string): Promise<number> {
  const submissions = await Submission.query({ client: t.trx })
    .whereIn(
      'id',
      t.trx.from('reply_submissions').where('reply_id', replyId).select('submission_id')
    )
    .whereNot('state', 'erased')
  let calls = 0
  for (const { id, clientId, linkageId } of submissions) {
    const open: unknown = await t.trx
      .from('call_backs')
      .where({ submission_id: id, reason: 'returned', state: 'open' })
      .first()
    if (open) continue
    const wanted = { reason: 'returned', clientId, linkageId, submissionId: id }
    if (await addCallBack(t, wanted)) calls += 1
  }
  return calls
}
