import Reply from '#app/replies/reply'
import { cancelUnsent } from '#app/replies/cancel_unsent'
import { products } from '#app/replies/products/product'
import { stopReplies } from '#app/replies/stop_reply'
import { keysAndFiles, type SealedRow } from '#app/core/sealed_rows'
import type { Transition } from '#app/core/transition'
import type { SubmissionListener } from '#app/submissions/submission_listener'
import { withdrawTasks } from '#app/tasks/withdraw_tasks'

/** Letters that have not gone say what is no longer so, or go to nobody. */
export const replyListener: SubmissionListener = {
  name: 'replies',
  seals: ['replies.inputs', 'replies.missing_glyphs'],

  async sharing(t, { id }) {
    const rows: { id: string }[] = await t.trx
      .from('reply_submissions')
      .whereIn('reply_id', repliesOf(t, id))
      .whereNot('submission_id', id)
      .select('submission_id as id')
    return rows.map((row) => row.id)
  },

  async erased(t, { id }) {
    const rows: (SealedRow & { id: string })[] = await t.trx
      .from('replies')
      .whereIn('id', repliesOf(t, id))
      .select('id', 'data_key_id', 'file')
    await Reply.cancel(
      t,
      rows.map((row) => row.id)
    )
    return keysAndFiles(rows)
  },

  async corrected(t, { id }) {
    await cancelUnsent(t, id)
  },

  async reopened(t, { id }) {
    await cancelUnsent(t, id)
  },

  async addressed(t, { id }, actorId) {
    const waiting: { id: string }[] = await t.trx
      .from('replies')
      .whereIn('id', repliesOf(t, id))
      .whereIn('state', ['held', 'ready'])
      // A letter that waits for its address is another matter: it has its task.
      .where((query) => query.where('state', 'ready').orWhereNull('missing_glyphs'))
      .select('id')
    await Reply.redraft(
      t,
      waiting.map((reply) => reply.id),
      { actorId }
    )
  },

  async stopped(t, { id, clientId, kind, actorId }) {
    const unsent: { id: string }[] = await t.trx
      .from('replies')
      .whereIn('id', repliesOf(t, id))
      .whereIn('state', ['drafted', 'held', 'ready'])
      .whereNotIn(
        'product',
        products
          .all()
          .filter(({ leaves }) => leaves === 'desk')
          .map(({ name }) => name)
      )
      .select('id')
    const replies = unsent.map((reply) => ({ id: reply.id, clientId, submissionId: id }))
    await stopReplies(t, replies, kind, actorId ?? undefined)
    for (const reply of replies)
      await withdrawTasks(t, { type: 'reply', id: reply.id }, 'substitute')
    return 0
  },
}

function repliesOf(t: Transition, submissionId: string) {
  return t.trx.from('reply_submissions').where('submission_id', submissionId).select('reply_id')
}
