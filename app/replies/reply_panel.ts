import db from '@adonisjs/lucid/services/db'
import type { SubmissionPanel } from '#app/submissions/submission_panel'

/** Its letters, as they are printed. */
export const replyPanel: SubmissionPanel = {
  name: 'replies',
  view: 'replies/panel',
  at: 'top',

  async load({ id }) {
    const replies = await db
      .from('replies')
      .join('reply_submissions', 'reply_submissions.reply_id', 'replies.id')
      .leftJoin('mails', 'mails.id', 'replies.mail_id')
      .where('reply_submissions.submission_id', id)
      .orderBy('replies.created_at')
      .select(
        'replies.id',
        'replies.kind',
        'replies.state',
        'replies.file',
        'replies.product',
        'mails.state as mail'
      )
    return replies.length > 0 ? { replies } : null
  },
}
