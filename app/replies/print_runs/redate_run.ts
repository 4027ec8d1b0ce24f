import type User from '#app/people/user'
import Sheet from '#app/replies/print_runs/sheet'
import { leaveEnclosing } from '#app/replies/print_runs/finish_enclosing'
import { today } from '#app/core/clock'
import { transition } from '#app/core/transition'
import { lockRun } from '#app/replies/print_runs/lock_run'

export type Redated = 'redated' | 'day_past' | 'already' | 'redate_in_posting'

/**
 * A run that has slipped is printed anew with another day: what was enclosed is taken out again. What goes with others
 * to the post office stays as it is.
 */
export async function redateRun(user: User, runId: string, datedOn: string): Promise<Redated> {
  if (datedOn < today()) return 'day_past'
  return transition(async (t) => {
    const run = await lockRun(t, runId)
    if (run.state === 'posted') return 'already'
    if (run.postingId) return 'redate_in_posting'
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
    return 'redated'
  })
}
