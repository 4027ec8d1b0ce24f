import { DateTime } from 'luxon'
import { GOOD_FOR_DAYS, oneTimePassword } from '#app/people/passwords/one_time_password'
import { signOutEverywhere } from '#app/people/sessions'
import type User from '#app/people/user'
import type { Transition } from '#app/core/transition'

/**
 * Gives somebody, whose row is locked, a password for one time; what they had opens nothing any more, and their sessions
 * end. It is returned and nowhere kept.
 * @param by who gives it; null on the machine itself
 */
export async function issuePassword(
  t: Transition,
  user: User,
  by: { verb: 'user.invited' | 'user.reset'; actorId: string | null }
): Promise<string> {
  const password = oneTimePassword()
  const passwordUntil = DateTime.now().plus({ days: GOOD_FOR_DAYS })
  await user.merge({ password, passwordUntil, invitedAt: DateTime.now() }).save()
  await signOutEverywhere(t, user.id)
  t.recordOnly({
    verb: by.verb,
    subject: { type: 'user', id: user.id },
    clientId: user.worksForCenter ? null : user.organizationId,
    actorId: by.actorId,
  })
  return password
}
