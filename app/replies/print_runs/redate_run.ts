import type User from '#app/people/user'
import Sheet from '#app/replies/print_runs/sheet'
import { leaveEnclosing } from '#app/replies/print_runs/finish_enclosing'
import { today } from '#app/core/clock'
import { transition } from '#app/core/transition'
import { lockRun } from '#app/replies/print_runs/lock_run'

/** A run that has slipped is printed anew with another day: what was enclosed is taken out again. */
export async function redateRun(user: User, runId: string, datedOn: string): Promise<boolean> {
  if (datedOn < today()) return false
  return transition(async (t) => {
    const run = await lockRun(t, runId)
    if (run.state === 'posted') return false
    await Sheet.replan(t, run.id, ['printed', 'enclosed'])
    await leaveEnclosing(t, run)
    await run.replan(t, { dated_on: datedOn })
    t.record({
      verb: 'print_run.redated',
      subject: { type: 'print_run', id: run.id },
      clientId: run.clientId,
      actorId: user.id,
      detail: { datedOn },
    })
    return true
  })
}
