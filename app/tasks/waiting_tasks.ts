import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { PAGE_SIZE } from '#app/core/paging'

export interface WaitingTask {
  id: string
  kind: string
  group_key: string
  state: string
  created_at: Date
  available_at: Date
  later: boolean
  receipt: string | null
}

/** The order of the list, as the index `tasks_chosen` has it. */
const ORDER = (alias: string) => `-${alias}.priority, ${alias}.created_at, ${alias}.id`

/**
 * Lists the tasks that aren't done, for who may choose, of highest priority first; what concerns a protected person is
 * for named staff.
 * @param after the last task of the page before
 * @returns a page, and whether there are more
 */
export async function waitingTasks(
  user: User,
  kinds: string[],
  after: string | null
): Promise<{ tasks: WaitingTask[]; hasMore: boolean }> {
  const query = db
    .from('tasks')
    .leftJoin('submissions', 'submissions.id', 'tasks.submission_id')
    .whereIn('tasks.kind', kinds)
    .whereIn('tasks.state', ['open', 'leased'])
    .orderByRaw(ORDER('tasks'))
    .limit(PAGE_SIZE + 1)
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
  if (!user.seesProtected)
    query.where((open) => open.whereNull('submissions.id').orWhere('submissions.protected', false))
  if (after)
    query.whereRaw(
      `(${ORDER('tasks')}) > (select ${ORDER('last')} from tasks as last where last.id = ?)`,
      [after]
    )
  const tasks: WaitingTask[] = await query
  return { tasks: tasks.slice(0, PAGE_SIZE), hasMore: tasks.length > PAGE_SIZE }
}
