import db from '@adonisjs/lucid/services/db'
import type { UserListener } from '#app/people/user_listener'
import type { Transition } from '#app/core/transition'
import { giveBackLeases } from '#app/tasks/give_back_leases'

/** The listener by which what somebody has taken on is there for others; what they had typed stays as a draft. */
export const taskUserListener: UserListener = {
  name: 'tasks',

  left: (t, { id }) => giveBackAll(t, id),
  lessened: (t, { id }) => giveBackAll(t, id),

  async holds({ id }) {
    const [{ count }]: { count: number }[] = await db
      .from('assignments')
      .where('user_id', id)
      .whereNull('ended_at')
      .whereRaw('expires_at > now()')
      .select(db.raw('count(*)::int as count'))
    return [{ label: 'tasks.held', count }]
  },
}

async function giveBackAll(t: Transition, userId: string): Promise<void> {
  await giveBackLeases(t, t.trx.from('assignments').where('user_id', userId), 'withdrawn')
}
