import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { today } from '#app/core/clock'

/** Tasks on a page. */
const SHOWN = 50
/** People who work at the same time; more are not listed. */
const MAX_PEOPLE = 500

export interface OpenTask {
  id: string
  kind: string
  created_at: Date
  due_on: string | null
  /** null where nobody may see it, or there is none */
  receipt: string | null
  /** who works on it; null where nobody does */
  name: string | null
}

/**
 * Lists tasks that aren't done, the oldest first, for who runs the day; found along an index of those alone, however
 * much has been done before.
 * @param after the last task of the page before
 * @returns a page, and whether there are more
 */
export async function openTasks(
  user: User,
  { onlyLate, after }: { onlyLate: boolean; after: string | null }
): Promise<{ tasks: OpenTask[]; hasMore: boolean }> {
  const query = db
    .from('tasks as t')
    // Of a protected person (支援措置) not even the number is shown to who isn't named for them.
    .joinRaw(
      `left join submissions s on s.id = t.submission_id and (? or not s.protected)
       left join assignments a on a.task_id = t.id and a.ended_at is null
       left join users u on u.id = a.user_id`,
      [user.seesProtected]
    )
    .whereRaw(`t.state in ('open', 'leased')`)
    .orderBy('t.created_at')
    .orderBy('t.id')
    .limit(SHOWN + 1)
    .select('t.id', 't.kind', 't.created_at', 't.due_on', 's.receipt', 'u.display_name as name')
  if (onlyLate) query.where('t.due_on', '<', today())
  if (after)
    query.whereRaw('(t.created_at, t.id) > (select created_at, id from tasks where id = ?)', [
      after,
    ])
  const tasks: OpenTask[] = await query
  return { tasks: tasks.slice(0, SHOWN), hasMore: tasks.length > SHOWN }
}

/** Counts the people who have something in hand now. */
export async function countWorking(): Promise<number> {
  const [{ count }]: { count: number }[] = await db
    .from('assignments')
    .whereNull('ended_at')
    .select(db.raw('count(distinct user_id)::int as count'))
  return count
}

/** Lists who works on which kind of task now, and since when; who has been at it the longest first. */
export function workingNow(): Promise<{ name: string; kind: string; since: Date }[]> {
  return db
    .from('assignments as a')
    .join('users as u', 'u.id', 'a.user_id')
    .join('tasks as t', 't.id', 'a.task_id')
    .whereNull('a.ended_at')
    .where('a.ahead', false)
    .orderBy('a.started_at')
    .limit(MAX_PEOPLE)
    .select('u.display_name as name', 't.kind', 'a.started_at as since')
}
