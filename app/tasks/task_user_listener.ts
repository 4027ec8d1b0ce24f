import type { UserListener } from '#app/people/user_listener'
import { giveBackLeases } from '#app/tasks/give_back_leases'

/** The listener that gives back what somebody who leaves has taken on; what they had typed stays as a draft. */
export const taskUserListener: UserListener = {
  name: 'tasks',

  async left(t, { id }) {
    await giveBackLeases(t, t.trx.from('assignments').where('user_id', id), 'withdrawn')
  },
}
