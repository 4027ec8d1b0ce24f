import db from '@adonisjs/lucid/services/db'
import { transition } from '#app/core/transition'
import User from '#app/people/user'
import { userListeners } from '#app/people/user_listener'

/**
 * Somebody works here no longer: they are signed out everywhere and can't sign in again, and every room takes back what
 * they hold. Their name stays in the history.
 * @returns false when there is nobody of that login, or they have left already
 */
export async function leave(login: string, actorId: string): Promise<boolean> {
  return transition(async (t) => {
    const user = await User.query({ client: t.trx })
      .where('login', login)
      .whereNull('leftAt')
      .forUpdate()
      .first()
    if (!user) return false
    await t.trx
      .from('users')
      .where('id', user.id)
      .update({ left_at: db.raw('now()') })
    for (const listener of userListeners.all()) await listener.left(t, user)
    t.recordOnly({
      verb: 'user.left',
      subject: { type: 'user', id: user.id },
      clientId: user.organizationId,
      actorId,
    })
    return true
  })
}
