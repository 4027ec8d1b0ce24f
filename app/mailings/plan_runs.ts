import type Mailing from '#app/mailings/mailing'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'

/** Runs that are planned at once: what is left is planned with the next click. */
const AT_ONCE = 20

/** The outcome of planning: how many runs, and how many letters were stopped; or why there is none. */
export type PlannedRuns =
  { ok: true; runs: number; stopped: number } | { ok: false; reason: 'nothing_ready' | 'day_past' }

/** Puts letters of a mailing into print runs of a stack each, in the order of their postcodes. */
export async function planRuns(
  user: User,
  mailing: Mailing,
  datedOn: string
): Promise<PlannedRuns> {
  const { clientId, product, documentNumber } = mailing
  const wishes = {
    product,
    datedOn,
    documentNumbers: documentNumber ? [documentNumber] : [],
    mailingId: mailing.id,
  }
  let runs = 0
  let stopped = 0
  while (runs < AT_ONCE) {
    const planned = await planPrintRun(user, clientId, newId(), wishes)
    if (!planned.ok) {
      if (runs > 0) break
      return { ok: false, reason: planned.reason === 'day_past' ? 'day_past' : 'nothing_ready' }
    }
    runs += 1
    stopped += planned.stopped
  }
  return { ok: true, runs, stopped }
}
