import { StandstillSchema } from '#database/schema'
import type User from '#app/people/user'
import { transition } from '#app/core/transition'

/** The time after a back-up was brought back in which nothing leaves the house. */
export default class Standstill extends StandstillSchema {}

/** Lets letters, messages and deliveries leave again; false where nothing was held back. */
export async function release(user: User): Promise<boolean> {
  return transition(async (t) => {
    const standing = await Standstill.query({ client: t.trx }).whereNull('releasedAt').forUpdate()
    for (const one of standing) {
      await t.trx
        .from('standstills')
        .where('id', one.id)
        .update({ released_at: t.trx.raw('now()'), released_by: user.id })
      t.recordOnly({
        verb: 'standstill.released',
        subject: { type: 'standstill', id: one.id },
        actorId: user.id,
      })
    }
    return standing.length > 0
  })
}
