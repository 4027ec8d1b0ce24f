import User from '#app/people/user'
import { recordUser } from '#app/people/record_user'
import { transition } from '#app/core/transition'

/**
 * Names one's own organization's staff for people under 支援措置, or takes the name away.
 * @throws RowNotFound where it isn't one of theirs
 */
export async function nameForProtected(actor: User, id: string, named: boolean): Promise<void> {
  await transition(async (t) => {
    const user = await User.query({ client: t.trx })
      .where({ id, organizationId: actor.organizationId })
      .whereNull('leftAt')
      .forUpdate()
      .firstOrFail()
    if (user.seesProtected === named) return
    await user.merge({ seesProtected: named }).save()
    recordUser(t, user, named ? 'user.named' : 'user.unnamed', actor.id)
  })
}
