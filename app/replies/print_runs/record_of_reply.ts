import type User from '#app/people/user'
import type PrintRun from '#app/replies/print_runs/print_run'
import type Sheet from '#app/replies/print_runs/sheet'
import { type Transition } from '#app/core/transition'

export async function recordOfReply(
  t: Transition,
  sheet: Sheet,
  run: PrintRun,
  verb: string,
  user: User
): Promise<void> {
  const rows: { submission_id: string }[] = await t.trx
    .from('reply_submissions')
    .where('reply_id', sheet.replyId)
    .select('submission_id')
  for (const row of rows) {
    t.record({
      verb,
      subject: { type: 'reply', id: sheet.replyId },
      clientId: run.clientId,
      submissionId: row.submission_id,
      actorId: user.id,
      detail: { run: run.number, sheet: sheet.number },
    })
  }
}
