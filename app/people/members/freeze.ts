import { mayActFor } from '#app/people/members/people_of'
import { assertStillManaged, lockOrganization, NobodyLeft } from '#app/people/members/still_managed'
import { signOutEverywhere } from '#app/people/sessions'
import User from '#app/people/user'
import { userListeners } from '#app/people/user_listener'
import { transition, type Transition } from '#app/core/transition'

export type Frozen = 'done' | 'nobody' | 'more_than_own' | 'nobody_left'

/**
 * Keeps somebody out while something is looked into: they are signed out everywhere, what they hold goes back, and they
 * can't sign in. Nothing of them is changed otherwise, and it can be taken back.
 */
export async function freeze(actor: User, userId: string): Promise<Frozen> {
  try {
    return await transition(async (t) => {
      const found = await User.query({ client: t.trx }).where('id', userId).first()
      if (!found) return 'nobody'
      await lockOrganization(t, found.organizationId)
      const user = await User.query({ client: t.trx })
        .where('id', userId)
        .whereNull('leftAt')
        .whereNull('frozenAt')
        .forUpdate()
        .first()
      if (!user) return 'nobody'
      if (user.id === actor.id || !mayActFor(actor, user)) return 'more_than_own'
      await t.trx
        .from('users')
        .where('id', user.id)
        .update({ frozen_at: t.trx.raw('now()'), frozen_by: actor.id })
      await user.refresh()
      await signOutEverywhere(t, user.id)
      for (const listener of userListeners.all()) await listener.lessened?.(t, user)
      await assertStillManaged(t)
      t.recordOnly({
        verb: 'user.frozen',
        subject: { type: 'user', id: user.id },
        clientId: user.worksForCenter ? null : user.organizationId,
        actorId: actor.id,
      })
      return 'done'
    })
  } catch (error) {
    if (error instanceof NobodyLeft) return 'nobody_left'
    throw error
  }
}

export type Thawed = 'done' | 'nobody' | 'by_center'

/** Lets somebody in again who was kept out; whom the center has kept out, the center alone. */
export async function unfreeze(actor: User, userId: string): Promise<Thawed> {
  return transition(async (t) => {
    const user = await User.query({ client: t.trx })
      .where('id', userId)
      .whereNotNull('frozenAt')
      .forUpdate()
      .first()
    if (!user || user.id === actor.id || !mayActFor(actor, user)) return 'nobody'
    const by = await User.find(user.frozenBy, { client: t.trx })
    if (by?.worksForCenter && !actor.worksForCenter) return 'by_center'
    await thaw(t, user, actor.id)
    return 'done'
  })
}

/** Takes back that somebody is kept out, with an event; nobody decides it at the machine itself. */
export async function thaw(t: Transition, user: User, actorId: string | null): Promise<void> {
  await user.useTransaction(t.trx).merge({ frozenAt: null, frozenBy: null }).save()
  t.recordOnly({
    verb: 'user.thawed',
    subject: { type: 'user', id: user.id },
    clientId: user.worksForCenter ? null : user.organizationId,
    actorId,
  })
}
