import Mailing from '#app/mailings/mailing'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import type { Transition } from '#app/core/transition'

/** A mailing that this person may know of. @throws 404 */
export function ownMailing(user: User, id: string): Promise<Mailing> {
  return visibleTo(Mailing.query(), user).where('mailings.id', id).firstOrFail()
}

/** Locks a mailing that stands in one of these states; null where it has moved on. */
export function lockMailing(
  t: Transition,
  id: string,
  ...states: Mailing['state'][]
): Promise<Mailing | null> {
  return Mailing.query({ client: t.trx })
    .where('id', id)
    .whereIn('state', states)
    .forUpdate()
    .first()
}
