import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { BY_TURN, ELIGIBLE, eligibleFor, OF_PART, PARTS } from '#app/tasks/eligible'

/** No more than this of a kind are counted: then it is "so many and more". */
export const MAX_COUNTED = 200

/**
 * Counts the tasks of each kind that this person would be given where they are: who keyed a group doesn't key it again.
 * Counting ends at `MAX_COUNTED` and one more, however long the queue is.
 */
export async function countTasks(user: User, site: Site): Promise<Map<string, number>> {
  const { rows }: { rows: { kind: string; count: number }[] } = await db.rawQuery(
    `select kind, least(sum(counted.count), ${MAX_COUNTED + 1})::int as count from ${PARTS}
     cross join lateral (select count(*) as count from (
       select 1 from tasks t where ${OF_PART} and ${ELIGIBLE} order by ${BY_TURN} limit ${MAX_COUNTED + 1}
     ) found) counted
     group by kind`,
    eligibleFor(user, site)
  )
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}
