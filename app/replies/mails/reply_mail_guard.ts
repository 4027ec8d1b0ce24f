import type { MailGuard } from '#app/core/mail/mail_guard'
import { transition } from '#app/core/transition'
import { submissionsOf } from '#app/replies/mails/reply_of_mail'
import { applyRechecked, notGoing, recheckContacts } from '#app/replies/recheck_contacts'
import ReplyWish from '#app/registry/wishes/reply_wish'
import Reply from '#app/replies/reply'
import { lockSubmissions } from '#app/submissions/lock_submissions'

/** A reply may have waited for its server for hours: whether it may go is asked as it is of paper at the post. */
export const replyMailGuard: MailGuard = {
  name: 'reply',

  mayLeave: (mailId) =>
    transition(async (t) => {
      const named = await Reply.query({ client: t.trx }).where('mailId', mailId).first()
      if (!named) return false
      await lockSubmissions(t.trx, await submissionsOf(named.id, t.trx))
      const reply = await Reply.query({ client: t.trx })
        .where({ id: named.id, mailId, state: 'ready' })
        .forUpdate()
        .first()
      if (!reply) return false
      const wish = await ReplyWish.query({ client: t.trx }).where('id', reply.wishId!).firstOrFail()
      if (wish.state !== 'active') {
        await Reply.redraft(t, [reply.id])
        return false
      }
      const rechecked = await recheckContacts([reply], t.trx)
      if (notGoing(rechecked).size === 0) return true
      await applyRechecked(t, rechecked, null)
      return false
    }),

  async left(t, mailId) {
    const named = await Reply.query({ client: t.trx }).where('mailId', mailId).first()
    if (!named) return
    const submissions = await submissionsOf(named.id, t.trx)
    await lockSubmissions(t.trx, submissions)
    const [reply] = await Reply.query({ client: t.trx }).where({ id: named.id, mailId }).forUpdate()
    if (reply) await Reply.mail(t, [reply.id], { submissions: new Map([[reply.id, submissions]]) })
  },
}
