import { mayActFor } from '#app/people/members/people_of'
import { assertStillManaged, lockOrganization, NobodyLeft } from '#app/people/members/still_managed'
import { signOutEverywhere } from '#app/people/sessions'
import User from '#app/people/user'
import { userListeners } from '#app/people/user_listener'
import { transition } from '#app/core/transition'

export type Left = { ok: true } | { ok: false; reason: 'nobody' | 'more_than_own' | 'nobody_left' }

/**
 * Somebody works here no longer: they are signed out everywhere and can't sign in again, and every room takes back what
 * they hold. Their name stays in the history.
 */
export async function leave(actor: User, userId: string): Promise<Left> {
  try {
    return await transition(async (t) => {
      const found = await User.query({ client: t.trx }).where('id', userId).first()
      if (!found) return { ok: false, reason: 'nobody' }
      await lockOrganization(t, found.organizationId)
      const user = await User.query({ client: t.trx })
        .where('id', userId)
        .whereNull('leftAt')
        .forUpdate()
        .first()
      if (!user) return { ok: false, reason: 'nobody' }
      if (!mayActFor(actor, user)) return { ok: false, reason: 'more_than_own' }
      await t.trx
        .from('users')
        .where('id', user.id)
        // Whoever comes back is named for protected people anew.
        .update({ left_at: t.trx.raw('now()'), sees_protected: false })
      await signOutEverywhere(t, user.id)
      for (const listener of userListeners.all()) await listener.left(t, user)
      await assertStillManaged(t)
      t.recordOnly({
        verb: 'user.left',
        subject: { type: 'user', id: user.id },
        clientId: user.organizationId,
        actorId: actor.id,
      })
      return { ok: true }
    })
  } catch (error) {
    if (error instanceof NobodyLeft) return { ok: false, reason: 'nobody_left' }
    throw error
  }
}
