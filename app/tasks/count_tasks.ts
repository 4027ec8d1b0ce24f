import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { ELIGIBLE, eligibleFor } from '#app/tasks/eligible'

/** No more than this of a kind are counted: then it is "so many and more". */
export const MAX_COUNTED = 200

/**
 * Counts the tasks of each kind that this person would be given where they are: who keyed a group doesn't key it again.
 * Counting ends at `MAX_COUNTED` and one more, however long the queue is.
 */
export async function countTasks(user: User, site: Site): Promise<Map<string, number>> {
  const { rows }: { rows: { kind: string; count: number }[] } = await db.rawQuery(
    `select wanted.kind, counted.count from unnest(cast(:kinds as text[])) as wanted (kind)
     cross join lateral (select count(*)::int as count from (
       select 1 from tasks t where t.kind = wanted.kind and ${ELIGIBLE} limit ${MAX_COUNTED + 1}
     ) found) counted`,
    eligibleFor(user, site)
  )
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}
