import type User from '#app/identity/user'
import PrintRun from '#app/printing/print_run'
import type { PrintProduct } from '#app/printing/typeset_letters'
import Reply from '#app/replies/reply'
import { clearCode, newId } from '#app/shared/ids'
import { createSealer } from '#app/shared/sealing'
import { transition } from '#app/shared/transition'

/** More letters than this make a second run: a stack that one person can enclose. */
export const MOST_SHEETS = 500

export type Planned = { ok: true; run: PrintRun } | { ok: false; reason: 'nothing_ready' }

/**
 * Puts a client's ready letters into a new run, each as a numbered sheet with a code of its own. The
 * same request sent twice (a double click, a reload) gives the same run.
 */
export async function planPrintRun(
  user: User,
  clientId: string,
  requestKey: string,
  product: PrintProduct = 'letter'
): Promise<Planned> {
  return transition(async (t) => {
    await t.trx.rawQuery('select pg_advisory_xact_lock(hashtext(?))', [`print:${clientId}`])
    const known = await PrintRun.query({ client: t.trx }).where({ requestKey, clientId }).first()
    if (known) return { ok: true, run: known }
    const replies = await Reply.query({ client: t.trx })
      .where({ clientId, product, state: 'ready' })
      .preload('submissions')
      .orderBy('createdAt')
      .limit(MOST_SHEETS)
      .forUpdate()
    if (replies.length === 0) return { ok: false, reason: 'nothing_ready' }
    const sealer = await createSealer(t.trx, 'print_run')
    const run = await PrintRun.create(
      {
        id: newId(),
        clientId,
        requestKey,
        product,
        planned: replies.length,
        dataKeyId: sealer.dataKeyId,
        createdBy: user.id,
        state: 'planned',
      },
      { client: t.trx }
    )
    await run.refresh()
    await t.trx.table('sheets').multiInsert(
      replies.map((reply, index) => ({
        id: newId(),
        print_run_id: run.id,
        reply_id: reply.id,
        number: index + 1,
        code: clearCode(8),
        pages: reply.pages ?? 1,
      }))
    )
    for (const reply of replies) {
      await reply.merge({ state: 'in_run' }).save()
      for (const submission of reply.submissions) {
        t.record({
          verb: 'reply.in_run',
          subject: { type: 'reply', id: reply.id },
          clientId,
          submissionId: submission.id,
          actorId: user.id,
          detail: { run: run.number },
        })
      }
    }
    t.record({
      verb: 'print_run.planned',
      subject: { type: 'print_run', id: run.id },
      clientId,
      actorId: user.id,
      detail: { sheets: replies.length },
    })
    return { ok: true, run }
  })
}
