import db from '@adonisjs/lucid/services/db'
import { listOpenings } from '#app/people/glass/break_glass'
import type User from '#app/people/user'

/**
 * Selects what was opened, with receipt numbers. Of a protected person not even the number is shown to who isn't named
 * for them, but for what they have opened themselves.
 */
export function openingsWithReceipts(user: User) {
  return listOpenings(user)
    .join('submissions', 'submissions.id', 'o.submission_id')
    .select(
      db.raw(
        'case when ? or not submissions.protected or o.user_id = ? then submissions.receipt end as receipt',
        [user.seesProtected, user.id]
      )
    )
}
