import Reply from '#app/replies/reply'
import { cancelUnsent } from '#app/replies/cancel_unsent'
import { stopReplies } from '#app/replies/stop_reply'
import { keysAndFiles, type SealedRow } from '#app/shared/sealed_rows'
import type { Transition } from '#app/shared/transition'
import type { SubmissionListener } from '#app/submissions/submission_listener'
import { withdrawTasks } from '#app/work/withdraw_tasks'

/** Letters that have not gone say what is no longer so, or go to nobody. */
export const replyListener: SubmissionListener = {
  name: 'replies',
  seals: ['replies.inputs', 'replies.missing_glyphs'],

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

  async stopped(t, { id, clientId, kind, actorId }) {
    const unsent: { id: string }[] = await t.trx
      .from('replies')
      .whereIn('id', repliesOf(t, id))
      .whereIn('state', ['drafted', 'held', 'ready'])
      .whereNot('product', 'slip')
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
