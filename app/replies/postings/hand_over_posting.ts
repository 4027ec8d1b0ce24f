import type User from '#app/people/user'
import { today } from '#app/core/clock'
import { transition } from '#app/core/transition'
import { checkPosting, type Hindrance, type Seen } from '#app/replies/postings/check_posting'
import { lockPosting } from '#app/replies/postings/plan_posting'
import Posting from '#app/replies/postings/posting'
import { linesOf, sumOf } from '#app/replies/postings/posting_lines'
import { postRun } from '#app/replies/print_runs/post_run'
import PrintRun from '#app/replies/print_runs/print_run'

export type HandedOver =
  | { ok: true }
  | { ok: false; reason: 'already' }
  | ({ ok: false } & Hindrance)
  /** one of its runs can't go, and why */
  | { ok: false; reason: 'run'; run: number; why: string }

/**
 * The runs of a posting go to the post. All that hinders one of them is asked first, so that the stacks are opened once
 * and all go together; then each is posted by itself: what was stopped half-way goes on where it was.
 */
export async function handOverPosting(user: User, id: string, seen: Seen): Promise<HandedOver> {
  const posting = await Posting.findOrFail(id)
  if (posting.state !== 'planned') return { ok: false, reason: 'already' }
  const runs = await PrintRun.query().where('postingId', id).orderBy('number')
  const hindrance = await checkPosting(user, posting, runs, seen)
  if (hindrance) return { ok: false, ...hindrance }
  for (const { id: runId, number } of runs) {
    // Whether another day may be is asked above, of each run.
    const posted = await postRun(user, runId, { otherDay: true, postingId: id })
    if (posted.ok || posted.reason === 'already') continue
    // Somebody was stopped within this moment.
    if (posted.reason === 'stopped')
      return {
        ok: false,
        reason: 'stopped',
        takeOut: [{ run: number, numbers: posted.numbers }],
      }
    return { ok: false, reason: 'run', run: number, why: posted.reason }
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
