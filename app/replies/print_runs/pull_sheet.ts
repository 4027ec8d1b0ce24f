import Reply from '#app/replies/reply'
import type User from '#app/people/user'
import Sheet from '#app/replies/print_runs/sheet'
import { transition } from '#app/core/transition'
import { lockRun } from '#app/replies/print_runs/lock_run'
import { finishEnclosing } from '#app/replies/print_runs/finish_enclosing'
import { recordOfReply } from '#app/replies/print_runs/record_of_reply'

export type PullReason = 'died' | 'moved' | 'stopped' | 'damaged'

/** A sheet is taken out of the run after printing; its letter is canceled, or printed anew when it was damaged. */
export async function pullSheet(
  user: User,
  runId: string,
  sheetId: string,
  reason: PullReason
): Promise<boolean> {
  return transition(async (t) => {
    const run = await lockRun(t, runId, { id: sheetId })
    const sheet = await Sheet.query({ client: t.trx })
      .where({ id: sheetId, printRunId: runId })
      .whereIn('state', ['printed', 'enclosed'])
      .forUpdate()
      .first()
    if (!sheet || run.state === 'posted') return false
    await Sheet.pull(t, [sheet.id], reason, user.id)
    const leave = reason === 'damaged' ? Reply.leaveRun : Reply.cancel
    await leave(t, [sheet.replyId], { actorId: user.id })
    await recordOfReply(t, sheet, run, 'sheet.pulled', user)
    await finishEnclosing(t, run)
    return true
  })
}
