import { mayActFor } from '#app/people/members/people_of'
import { oneTimePassword } from '#app/people/passwords/one_time_password'
import type User from '#app/people/user'
import Person from '#app/people/user'
import { transition } from '#app/core/transition'

/**
 * Somebody who had left works here again: under the same name, with all their history. What they knew opens nothing; they
 * are invited anew. False where they haven't left, or had more than whoever asks.
 */
export async function returnUser(actor: User, userId: string): Promise<boolean> {
  return transition(async (t) => {
    const user = await Person.query({ client: t.trx })
      .where('id', userId)
      .whereNotNull('leftAt')
      .forUpdate()
      .first()
    if (!user || !mayActFor(actor, user)) return false
    await user
      .merge({ leftAt: null, password: oneTimePassword(), passwordUntil: null, invitedAt: null })
      .save()
    t.recordOnly({
      verb: 'user.returned',
      subject: { type: 'user', id: user.id },
      clientId: user.worksForCenter ? null : user.organizationId,
      actorId: actor.id,
    })
    return true
  })
}
