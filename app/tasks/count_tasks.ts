import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { BY_TURN, ELIGIBLE, eligibleFor, OF_PART, PARTS } from '#app/tasks/eligible'

/** No more than this of a kind are counted: then it is "so many and more". */
export const MAX_COUNTED = 200

/** Work that waits, of a kind and a group of fields. */
export interface OpenGroup {
  kind: string
  groupKey: string
  /** null where it is of no service */
  serviceId: string | null
  /** a version of it that has the group */
  serviceVersionId: string | null
  count: number
  /** requests that these are of: nobody does two passes of one */
  requests: number
}

/**
 * Counts the tasks that this person would be given where they are, by kind, group and service: who keyed a group doesn't
 * key it again. Counting ends at `MAX_COUNTED` and one more of each part, however long the queue is.
 */
export async function countGroups(user: User, site: Site): Promise<OpenGroup[]> {
  const { rows } = await db.rawQuery<{ rows: OpenGroup[] }>(
    `select found.kind, found.group_key as "groupKey", v.service_id as "serviceId",
       max(cast(v.id as text)) as "serviceVersionId", count(*)::int as count,
       count(distinct found.subject_id)::int as requests
     from ${PARTS}
     cross join lateral (
       select t.kind, t.group_key, t.subject_id, t.submission_id from tasks t where ${OF_PART} and ${ELIGIBLE}
       order by ${BY_TURN} limit ${MAX_COUNTED + 1}) as found
     left join submissions s on s.id = found.submission_id
     left join service_versions v on v.id = s.service_version_id
     group by found.kind, found.group_key, v.service_id`,
    eligibleFor(user, site)
  )
  return rows
}

/** Counts them by kind. */
export async function countTasks(user: User, site: Site): Promise<Map<string, number>> {
  return countByKind(await countGroups(user, site))
}

/** Adds up what waits of each kind, no further than `MAX_COUNTED` and one more. */
export function countByKind(groups: OpenGroup[]): Map<string, number> {
  const kinds = Map.groupBy(groups, ({ kind }) => kind)
  return new Map(
    [...kinds].map(([kind, parts]) => [
      kind,
      Math.min(
        MAX_COUNTED + 1,
        parts.reduce((sum, { count }) => sum + count, 0)
      ),
    ])
  )
}
