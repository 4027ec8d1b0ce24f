import Mail from '#app/core/mail/mail'
import type { Transition } from '#app/core/transition'

/** Replies don't go as they are: what waits to leave by mail doesn't leave. */
export async function withdrawMails(
  t: Transition,
  replies: { id: string }[],
  actorId: string | null
): Promise<void> {
  const rows: { mail_id: string }[] = await t.trx
    .from('replies')
    .whereIn(
      'id',
      replies.map(({ id }) => id)
    )
    .whereNotNull('mail_id')
    .select('mail_id')
  const ids = rows.map((one) => one.mail_id)
  if (ids.length > 0) await Mail.withdrawAll(t, ids, actorId)
}
