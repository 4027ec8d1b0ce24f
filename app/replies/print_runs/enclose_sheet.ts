import type User from '#app/people/user'
import { pullStopped } from '#app/replies/print_runs/recheck_sheets'
import { sheetCode } from '#app/replies/print_runs/sheet_code'
import Sheet from '#app/replies/print_runs/sheet'
import { transition } from '#app/core/transition'
import { lockRun } from '#app/replies/print_runs/lock_run'
import { finishEnclosing } from '#app/replies/print_runs/finish_enclosing'
import type Assignment from '#app/tasks/assignment'
import { recordOfReply } from '#app/replies/print_runs/record_of_reply'

export type Enclosed =
  | { ok: true; number: number; left: number }
  | {
      ok: false
      reason: 'unknown_code' | 'already' | 'pulled' | 'not_printed' | 'stopped'
      /** what is left where one that was stopped is taken out */
      left?: number
    }

/**
 * A sheet's code was scanned while it went into its envelope.
 * @param assignment of who does so from the queue
 */
export async function encloseSheet(
  user: User,
  runId: string,
  scanned: string,
  assignment?: Assignment
): Promise<Enclosed> {
  const code = sheetCode(scanned)
  return transition(async (t) => {
    const run = await lockRun(t, runId, { code })
    const sheet = await Sheet.query({ client: t.trx })
      .where({ printRunId: runId, code })
      .forUpdate()
      .first()
    if (!sheet) return { ok: false, reason: 'unknown_code' }
    if (sheet.state === 'pulled') return { ok: false, reason: 'pulled' }
    if (sheet.state === 'planned') return { ok: false, reason: 'not_printed' }
    if (sheet.state !== 'printed') return { ok: false, reason: 'already' }
    if ((await pullStopped(t, run, user.id, [sheet.id])).length > 0) {
      return { ok: false, reason: 'stopped', left: await finishEnclosing(t, run, assignment) }
    }
    await Sheet.enclose(t, sheet.id, user.id)
    await recordOfReply(t, sheet, run, 'sheet.enclosed', user)
    return { ok: true, number: sheet.number, left: await finishEnclosing(t, run, assignment) }
  })
}
