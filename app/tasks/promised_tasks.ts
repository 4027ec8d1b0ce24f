import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import Assignment from '#app/tasks/assignment'
import { ELIGIBLE, eligibleFor } from '#app/tasks/eligible'
import type { Transition } from '#app/core/transition'

/** Work of a kind that is offered in packs, by the group it belongs to. */
export interface Offered {
  kind: string
  groupKey: string
}

/** Tasks of a group that are looked through for somebody: who may do none of these is offered none. */
const LOOKED_AT = 3000

const ORDER = (alias: string) => `${alias}.priority desc, ${alias}.created_at, ${alias}.id`

const OPEN_OF_GROUP = `t.id in (
    select first.id from tasks as first
    where first.kind = :kind and first.group_key = :group and first.pack_id is null and first.state = 'open'
    order by ${ORDER('first')} limit ${LOOKED_AT})
  and t.pack_id is null and ${ELIGIBLE}`

/** Counts what could be promised to somebody where they are; no further than `max`. */
export async function countOffered(
  user: User,
  site: Site,
  { kind, groupKey }: Offered,
  max: number
): Promise<number> {
  const { rows }: { rows: { count: number }[] } = await db.rawQuery(
    `select count(*)::int as count from (select 1 from tasks t where ${OPEN_OF_GROUP} limit :max) as found`,
    { ...eligibleFor(user, site, { kind, toPromise: true }), kind, group: groupKey, max }
  )
  return rows[0].count
}

/**
 * Promises open tasks to somebody, for the pack that they have accepted: nobody else is given them. The first of the
 * queue that nobody else is about to take.
 * @returns how many
 */
export async function promiseTasks(
  t: Transition,
  user: User,
  site: Site,
  { kind, groupKey, packId, count }: Offered & { packId: string; count: number }
): Promise<number> {
  const { rows }: { rows: { id: string }[] } = await t.trx.rawQuery(
    `update tasks set pack_id = :promised where id in (
       select t.id from tasks t where ${OPEN_OF_GROUP}
       order by ${ORDER('t')} limit :count for update of t skip locked)
     returning id`,
    {
      ...eligibleFor(user, site, { kind, toPromise: true }),
      kind,
      group: groupKey,
      promised: packId,
      count,
    }
  )
  return rows.length
}

/** Finds the next task of a pack; null where none is left. */
export async function nextPromised(packId: string): Promise<string | null> {
  const row: { id: string } | null = await db
    .from('tasks')
    .where({ pack_id: packId, state: 'open' })
    .orderBy('created_at')
    .orderBy('id')
    .select('id')
    .first()
  return row?.id ?? null
}

/** Finds the lease by which somebody works on a pack now; null where there is none. */
export function leaseOfPack(userId: string, packId: string): Promise<Assignment | null> {
  return Assignment.query()
    .where('userId', userId)
    .whereNull('endedAt')
    .whereRaw('expires_at > now()')
    .whereHas('task', (task) => void task.where('packId', packId))
    .first()
}

/** Counts what is left to do of packs, by their ids; those of which nothing is left aren't in it. */
export async function countPromised(packIds: string[]): Promise<Map<string, number>> {
  const rows: { pack_id: string; count: number }[] = await db
    .from('tasks')
    .whereIn('pack_id', packIds)
    .whereIn('state', ['open', 'leased'])
    .groupBy('pack_id')
    .select('pack_id', db.raw('count(*)::int as count'))
  return new Map(rows.map((row) => [row.pack_id, row.count]))
}

/** Gives what is left of packs to others. */
export async function releasePromised(t: Transition, packIds: string[]): Promise<void> {
  await t.trx
    .from('tasks')
    .whereIn('pack_id', packIds)
    .whereIn('state', ['open', 'leased'])
    .update({ pack_id: null })
}
