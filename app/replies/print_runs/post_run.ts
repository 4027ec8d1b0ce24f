import Reply from '#app/replies/reply'
import type User from '#app/people/user'
import { products } from '#app/replies/products/product'
import { pullStopped } from '#app/replies/print_runs/recheck_sheets'
import Sheet from '#app/replies/print_runs/sheet'
import { today } from '#app/core/clock'
import { isAtStandstill } from '#app/core/standstill'
import { transition } from '#app/core/transition'
import { lockRun } from '#app/replies/print_runs/lock_run'

export type Posted =
  | { ok: true }
  | { ok: false; reason: 'not_enclosed' | 'already' | 'standstill' | 'in_posting' }
  /** letters that may not go any more: these are taken out of the stack first */
  | { ok: false; reason: 'stopped'; numbers: number[] }
  /** the letters bear another day than today */
  | { ok: false; reason: 'other_day'; datedOn: string }

interface PostedSheet {
  reply_id: string
  number: number
  /** null where it answers nobody's request */
  submission_id: string | null
}

/**
 * The run goes to the post: only when planned − pulled = enclosed, when every letter in it still may go, and on the day
 * that the letters bear, unless somebody says that it goes all the same.
 */
export async function postRun(
  user: User,
  runId: string,
  { otherDay = false, postingId }: { otherDay?: boolean; postingId?: string } = {}
): Promise<Posted> {
  return transition(async (t) => {
    const run = await lockRun(t, runId)
    if (run.state === 'posted') return { ok: false, reason: 'already' }
    // What goes with others to the post office goes with all of them.
    if (run.postingId !== (postingId ?? null)) return { ok: false, reason: 'in_posting' }
    if (await isAtStandstill(t.trx)) return { ok: false, reason: 'standstill' }
    if (run.state !== 'enclosed') return { ok: false, reason: 'not_enclosed' }
    const stopped = await pullStopped(t, run, user.id)
    if (stopped.length > 0)
      return { ok: false, reason: 'stopped', numbers: stopped.map((sheet) => sheet.number) }
    const { numbered } = products.get(run.product)
    if (numbered && run.datedOn && run.datedOn !== today() && !otherDay)
      return { ok: false, reason: 'other_day', datedOn: run.datedOn }
    const sheets: PostedSheet[] = await t.trx
      .from('sheets')
      .where({ print_run_id: run.id, state: 'enclosed' })
      .leftJoin('reply_submissions', 'reply_submissions.reply_id', 'sheets.reply_id')
      .orderBy('sheets.number')
      .select('sheets.reply_id', 'sheets.number', 'reply_submissions.submission_id')
    await Sheet.post(t, run.id, user.id)
    const letters = Map.groupBy(sheets, (sheet) => sheet.reply_id)
    await Reply.post(t, [...letters.keys()], {
      verb: 'sheet.posted',
      actorId: user.id,
      submissions: new Map(
        [...letters].map(([id, of]) => [id, of.flatMap((sheet) => sheet.submission_id ?? [])])
      ),
      detail: (id) => ({ run: run.number, sheet: letters.get(id)![0].number }),
    })
    await run.post(t, today(), user.id)
    return { ok: true }
  })
}
