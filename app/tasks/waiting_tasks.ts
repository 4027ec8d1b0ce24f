import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { PAGE_SIZE } from '#app/core/paging'

/** Lists the tasks that aren't done, for who may choose; what concerns a protected person is for named staff. */
export function waitingTasks(user: User, kinds: string[], page: number) {
  return db
    .from('tasks')
    .leftJoin('submissions', 'submissions.id', 'tasks.submission_id')
    .if(!user.seesProtected, (query) =>
      query.where((open) =>
        open.whereNull('submissions.id').orWhere('submissions.protected', false)
      )
    )
    .whereIn('tasks.kind', kinds)
    .whereIn('tasks.state', ['open', 'leased'])
    .orderBy('tasks.priority', 'desc')
    .orderBy('tasks.created_at')
    .select(
      'tasks.id',
      'tasks.kind',
      'tasks.group_key',
      'tasks.state',
      'tasks.created_at',
      'tasks.available_at',
      'submissions.receipt',
      db.raw('tasks.available_at > now() as later')
    )
    .paginate(page, PAGE_SIZE)
}
