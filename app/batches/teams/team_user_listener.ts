import db from '@adonisjs/lucid/services/db'
import type { UserListener } from '#app/people/user_listener'

/** The listener by which who leaves is in no team any more; that they lead one is said before. */
export const teamUserListener: UserListener = {
  name: 'teams',

  async left(t, { id }) {
    await t.trx.from('team_members').where('user_id', id).delete()
  },

  async holds({ id }) {
    const led: unknown[] = await db
      .from('teams')
      .where('leader_id', id)
      .whereNull('closed_at')
      .select('id')
    return [{ label: 'batches.leads_teams', count: led.length }]
  },
}
