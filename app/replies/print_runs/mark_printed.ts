import type User from '#app/people/user'
import { pullStopped } from '#app/replies/print_runs/recheck_sheets'
import Sheet from '#app/replies/print_runs/sheet'
import { askToEnclose, leaveEnclosing } from '#app/replies/print_runs/finish_enclosing'
import { transition } from '#app/core/transition'
import { lockRun } from '#app/replies/print_runs/lock_run'

/**
 * The PDF is opened for printing: its sheets count as printed. Where somebody in it may not be written to any more, it
 * is typeset anew without them first.
 * @returns false when it has to be typeset anew
 */
export async function markPrinted(user: User, runId: string): Promise<boolean> {
  return transition(async (t) => {
    const run = await lockRun(t, runId)
    const opens = run.state === 'typeset' || run.state === 'printed'
    if (opens && (await pullStopped(t, run, user.id)).length > 0) {
      await Sheet.replan(t, run.id, ['printed'])
      await leaveEnclosing(t, run)
      await run.replan(t)
      t.announce(`print-runs/${run.id}`)
      return false
    }
    t.recordOnly({
      verb: 'print_run.opened',
      subject: { type: 'print_run', id: run.id },
      clientId: run.clientId,
      actorId: user.id,
    })
    if (run.state !== 'typeset') return true
    await Sheet.print(t, run.id)
    await run.print(t, user.id)
    await askToEnclose(t, run)
    return true
  })
}
