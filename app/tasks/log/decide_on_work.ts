import db from '@adonisjs/lucid/services/db'
import ActivitySpan from '#app/tasks/log/activity_span'
import type User from '#app/people/user'
import { transition } from '#app/core/transition'

/** Somebody else's typed-in work counts, or not; false where it is one's own, or was taken back. */
export async function decideOnWork(
  user: User,
  id: string,
  decision: 'approved' | 'declined'
): Promise<boolean> {
  const foreign: unknown = await db
    .from('activity_spans')
    .where('id', id)
    .whereNot('user_id', user.id)
    .first()
  return foreign !== null && transition((t) => ActivitySpan.decide(t, id, decision, user.id))
}
