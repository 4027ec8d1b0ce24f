import Mail from '#app/core/mail/mail'
import { answerKind } from '#app/core/mail/smtp'
import { transition, type Transition } from '#app/core/transition'
import ReplyWish from '#app/registry/wishes/reply_wish'
import { submissionsOf } from '#app/replies/mails/reply_of_mail'
import Reply from '#app/replies/reply'
import { lockSubmissions } from '#app/submissions/lock_submissions'
import Submission from '#app/submissions/submission'

/**
 * Follows what became of the mail that a reply went by: refused, given up or come back, it goes on paper, and so does
 * all else until the address is confirmed anew.
 */
export async function followMail(mailId: string): Promise<void> {
  await transition(async (t) => {
    const named = await Reply.query({ client: t.trx }).where('mailId', mailId).first()
    if (!named) return
    const submissions = await submissionsOf(named.id, t.trx)
    await lockSubmissions(t.trx, submissions)
    const reply = await Reply.query({ client: t.trx })
      .where({ id: named.id, mailId })
      .whereIn('state', ['ready', 'mailed'])
      .forUpdate()
      .first()
    const mail = await Mail.query({ client: t.trx }).where('id', mailId).firstOrFail()
    if (!reply) return
    const change = { submissions: new Map([[reply.id, submissions]]) }
    if (isOfAddress(mail) && reply.wishId) await failWish(t, reply.wishId)
    const answered = await stillAnswered(t, reply, submissions)
    if (answered.length === 0) return
    await reply.merge({ onPaper: true }).useTransaction(t.trx).save()
    await Reply.redraft(t, [reply.id], { ...change, verb: `reply.mail_${mail.state}` })
    for (const submission of answered) await submission.reopenToReply(t)
  })
}

/** Requests of which this reply still says what is so: neither gone, nor corrected since and answered anew. */
async function stillAnswered(
  t: Transition,
  { revisionId, createdAt }: Reply,
  ids: string[]
): Promise<Submission[]> {
  return (
    Submission.query({ client: t.trx })
      .whereIn('id', ids)
      .whereNotIn('state', ['erased', 'canceled'])
      .whereRaw(
        `? = (select r.id from revisions r where r.submission_id = submissions.id order by r.number desc limit 1)`,
        [revisionId!]
      )
      // A booking that was moved or given up was answered of itself.
      .whereRaw(
        `not exists (select 1 from reply_submissions of_later join replies later on later.id = of_later.reply_id
         where of_later.submission_id = submissions.id and later.relative_id is null and later.created_at > ?)`,
        [createdAt.toJSDate()]
      )
      .orderBy('id')
  )
}

/** Whether it is the address that doesn't get it; a server may also dislike what is said. */
function isOfAddress({ state, reason }: Mail): boolean {
  return state === 'returned' || (state === 'failed' && answerKind(reason ?? '') === 'no_person')
}

async function failWish(t: Transition, id: string): Promise<void> {
  const wish = await ReplyWish.query({ client: t.trx }).where('id', id).forUpdate().first()
  await wish?.fail(t)
}
