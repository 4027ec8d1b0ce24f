import type User from '#app/people/user'
import type { Happening, Transition } from '#app/core/transition'

/** Keeps what happened to somebody who works with the system; their client sees it, where they are a client's. */
export function recordUser(
  t: Transition,
  user: Pick<User, 'id' | 'organizationId' | 'worksForCenter'>,
  verb: string,
  actorId: string,
  detail?: Happening['detail']
): void {
  t.recordOnly({
    verb,
    subject: { type: 'user', id: user.id },
    clientId: user.worksForCenter ? null : user.organizationId,
    actorId,
    detail,
  })
}
