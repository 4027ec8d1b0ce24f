import type User from '#app/people/user'
import { today } from '#app/core/clock'
import { transition } from '#app/core/transition'
import { lockPosting } from '#app/replies/postings/plan_posting'
import Posting from '#app/replies/postings/posting'
import { linesOf, sumOf } from '#app/replies/postings/posting_lines'
import { lockRun } from '#app/replies/print_runs/lock_run'
import { postRun, type Posted } from '#app/replies/print_runs/post_run'
import PrintRun from '#app/replies/print_runs/print_run'
import { pullStopped } from '#app/replies/print_runs/recheck_sheets'

/** Letters that are to be taken out of their stacks. */
export interface TakeOut {
  run: number
  numbers: number[]
}

export type HandedOver =
  | { ok: true }
  | { ok: false; reason: 'already' | 'too_heavy' }
  | { ok: false; reason: 'stopped'; takeOut: TakeOut[] }
  /** one of its runs can't go, and why */
  | { ok: false; reason: 'run'; run: number; why: Exclude<Posted, { ok: true }> }

/**
 * The runs of a posting go to the post. All are asked first whether every letter in them still may go, so that the
 * stacks are opened once; then each goes by itself: what was stopped half-way goes on where it was.
 */
export async function handOverPosting(
  user: User,
  id: string,
  options: { otherDay?: boolean } = {}
): Promise<HandedOver> {
  const posting = await Posting.findOrFail(id)
  if (posting.state !== 'planned') return { ok: false, reason: 'already' }
  const runs = await PrintRun.query().where('postingId', id).orderBy('number')
  const takeOut = await stoppedOf(user, runs)
  if (takeOut.length > 0) return { ok: false, reason: 'stopped', takeOut }
  for (const run of runs) {
    const posted = await postRun(user, run.id, { ...options, postingId: id })
    if (!posted.ok && posted.reason !== 'already')
      return { ok: false, reason: 'run', run: run.number, why: posted }
  }
  return transition(async (t) => {
    const kept = await lockPosting(t, id)
    if (kept.state !== 'planned') return { ok: false, reason: 'already' }
    const ids = runs.map((run) => run.id)
    const lines = await linesOf(kept, ids, t.trx)
    if (!lines) return { ok: false, reason: 'too_heavy' }
    await kept.post(t, user.id, lines)
    return { ok: true }
  })
}

async function stoppedOf(user: User, runs: PrintRun[]): Promise<TakeOut[]> {
  const takeOut: TakeOut[] = []
  for (const { id, number, state } of runs) {
    if (state === 'posted') continue
    const stopped = await transition(async (t) => pullStopped(t, await lockRun(t, id), user.id))
    if (stopped.length > 0) takeOut.push({ run: number, numbers: stopped.map((one) => one.number) })
  }
  return takeOut
}

export type Accepted = { ok: true } | { ok: false; reason: 'already' | 'differs'; ours: number }

/**
 * The post office has counted. Where it counted others than we did, somebody says why.
 * @param accepted pieces on the receipt (引受通数)
 */
export async function acceptPosting(
  user: User,
  id: string,
  accepted: number,
  difference: string | null
): Promise<Accepted> {
  return transition(async (t) => {
    const posting = await lockPosting(t, id)
    const ours = sumOf(posting.lines ?? []).pieces
    if (posting.state !== 'posted') return { ok: false, reason: 'already', ours }
    const differs = accepted !== ours
    if (differs && !difference) return { ok: false, reason: 'differs', ours }
    await posting.accept(t, user.id, accepted, differs ? difference : null)
    return { ok: true }
  })
}

/** The day on which all of a posting goes, as far as it is known: the day it went, or today. */
export function dayOf({ postedOn }: Posting): string {
  return postedOn ?? today()
}
