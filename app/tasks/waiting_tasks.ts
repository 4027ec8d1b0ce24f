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

/** The order of the list, as the index `tasks_chosen` has it within each kind. */
const ORDER = (alias: string) => `-${alias}.priority, ${alias}.created_at, ${alias}.id`

const listed = (
  isFurther: boolean
) => `select one.* from unnest(cast(:kinds as text[])) as wanted (kind)
  cross join lateral (
    select t.id, t.kind, t.group_key, t.state, t.priority, t.created_at, t.available_at, s.receipt,
      t.available_at > now() as later
    from tasks t left join submissions s on s.id = t.submission_id
    where t.kind = wanted.kind and t.state in ('open', 'leased') and (:named or s.id is null or not s.protected)
      ${isFurther ? `and (${ORDER('t')}) > (select ${ORDER('last')} from tasks as last where last.id = cast(:after as uuid))` : ''}
    order by ${ORDER('t')} limit ${PAGE_SIZE + 1}) as one
  order by ${ORDER('one')} limit ${PAGE_SIZE + 1}`

const FIRST_PAGE = listed(false)
const FURTHER_PAGE = listed(true)

/**
 * Lists the tasks that aren't done, for who may choose, of highest priority first; what concerns a protected person is
 * for named staff. Each kind is read from its own end of the index: however much of others waits, it isn't looked at.
 * @param after the last task of the page before
 * @returns a page, and whether there are more
 */
export async function waitingTasks(
  user: User,
  kinds: string[],
  after: string | null
): Promise<{ tasks: WaitingTask[]; hasMore: boolean }> {
  const { rows } = await db.rawQuery<{ rows: WaitingTask[] }>(after ? FURTHER_PAGE : FIRST_PAGE, {
    kinds,
    named: user.seesProtected === true,
    ...(after ? { after } : {}),
  })
  return { tasks: rows.slice(0, PAGE_SIZE), hasMore: rows.length > PAGE_SIZE }
}
