import type Mailing from '#app/mailings/mailing'
import Reply from '#app/replies/reply'
import type User from '#app/people/user'
import { lockName } from '#app/core/lock'
import type { Transition } from '#app/core/transition'

/**
 * Ends a mailing whose row is locked: none of its letters goes.
 * @param by null where the machine, or time, ends it
 * @returns false where letters are in a print run already: those are pulled there, one by one
 */
export async function endMailing(
  t: Transition,
  mailing: Mailing,
  by: Pick<User, 'id'> | null
): Promise<boolean> {
  // Whoever plans its print runs waits, or is waited for.
  await lockName(t.trx, `print:${mailing.clientId}`)
  const replies: { id: string; state: string }[] = await t.trx
    .from('replies')
    .where('mailing_id', mailing.id)
    .whereIn('state', ['ready', 'in_run', 'posted'])
    .select('id', 'state')
  if (replies.some(({ state }) => state !== 'ready')) return false
  await Reply.cancel(
    t,
    replies.map(({ id }) => id),
    { actorId: by?.id, from: ['ready'] }
  )
  // Nobody was written to there.
  await t.trx.from('written_addresses').where('mailing_id', mailing.id).delete()
  await mailing.cancel(t, by)
  return true
}
