import type { Site } from '#app/people/user'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import type { Transition } from '#app/core/transition'
import Assignment from '#app/tasks/assignment'
import { BY_TURN, ELIGIBLE, eligibleFor, OF_PART, PARTS, type Wanted } from '#app/tasks/eligible'
import { AHEAD_MINUTES, LEASE_MINUTES, leaseTimes } from '#app/tasks/lease_times'
import { OF_STRETCH, ofStretch } from '#app/tasks/stretches/stretch'
import Task from '#app/tasks/task'

/** The first task of each part: nothing is sorted but these. What somebody else is about to take is passed over, or waited for. */
const firstOfParts = (passOver: boolean, rules = ELIGIBLE) => `select head.id from ${PARTS}
  cross join lateral (
    select t.* from tasks t where ${OF_PART} and ${rules} order by ${BY_TURN}
    limit 1 for update of t ${passOver ? 'skip locked' : ''}) as head
  order by ${BY_TURN} limit 1`

const NEXT = firstOfParts(true)
const NEXT_WAITING = firstOfParts(false)
const OF_ITS_GROUP = `${OF_STRETCH} and ${ELIGIBLE}`
const NEXT_OF_STRETCH = firstOfParts(true, OF_ITS_GROUP)
const NEXT_OF_STRETCH_WAITING = firstOfParts(false, OF_ITS_GROUP)
const THIS_ONE = `select t.id from tasks t where t.id = cast(:task as uuid) and ${ELIGIBLE} for update of t skip locked`

/** The lease itself, of the task that was `leased`: theirs now, or ready for them. What is shown counts as seen. */
const leased = (minutes: string) => `seen as (
    insert into exposures (user_id, linkage_id, subject_id, group_key, links)
    select cast(:user as uuid), linkage_id, subject_id, group_key, links from leased
    on conflict (user_id, linkage_id, subject_id, group_key) do nothing),
  kept as (insert into assignments (id, task_id, user_id, site, ahead, fence, expires_at)
  select cast(:id as uuid), leased.id, cast(:user as uuid), :site, :ahead,
    (select coalesce(max(fence), 0) + 1 from assignments where task_id = leased.id),
    now() + make_interval(mins => ${minutes})
  from leased returning *)`

const FOR_NOW = leased(LEASE_MINUTES)
const AHEAD = leased(String(AHEAD_MINUTES))

/** SQL: they may work, have nothing in hand and nothing ready, and are at no stretch. Nobody stops or frees them meanwhile. */
const FREE = `select u.id from users u
  where u.id = :user and u.left_at is null and u.frozen_at is null
    and not exists (select 1 from assignments a where a.user_id = u.id and a.ended_at is null)
    and not exists (select 1 from stretches where stretches.user_id = u.id and stretches.ended_at is null)
  for share of u`

/**
 * Leases the task that is next for somebody who has nothing yet, in the least time; undefined where there is none, or
 * more is to be asked about. Not at home: there it is judged under the person's lock what they have seen.
 */
export async function leaseAlone(
  user: User,
  site: Site,
  wanted: Wanted
): Promise<Assignment | undefined> {
  const { taskId, packId, toPromise, stretch } = wanted
  if (site === 'home' || taskId || packId || toPromise || stretch) return undefined
  const names = {
    ...eligibleFor(user, site, wanted),
    ...leaseTimes(),
    ...{ id: newId(), ahead: false },
  }
  const row = await Task.leaseAlone(FREE, NEXT, FOR_NOW, names)
  return row && Assignment.$createFromAdapterResult(row)!
}

/** Says whether the task that somebody asks for is theirs to take, and keeps it for them within the transition. */
export async function keepWanted(
  t: Transition,
  user: User,
  site: Site,
  wanted: Wanted & { taskId: string }
): Promise<boolean> {
  const names = { ...eligibleFor(user, site, wanted), task: wanted.taskId }
  const { rows } = await t.trx.rawQuery<{ rows: unknown[] }>(THIS_ONE, names)
  return rows.length > 0
}

/**
 * Leases the task that is next for somebody, or the one they ask for; undefined where there is none.
 * @param ahead it lies ready for them beside the one at hand
 */
export async function leaseNextTask(
  t: Transition,
  user: User,
  site: Site,
  wanted: Wanted,
  ahead = false
): Promise<Assignment | undefined> {
  const { stretch, taskId } = wanted
  const names = {
    ...eligibleFor(user, site, wanted),
    ...leaseTimes(),
    ...(taskId ? { task: taskId } : {}),
    ...(stretch ? ofStretch(stretch) : {}),
    id: newId(),
    ahead,
  }
  // Whoever claims locks the first of each of their parts and takes one: the others are free again in a moment.
  const inTurn = stretch ? [NEXT_OF_STRETCH, NEXT_OF_STRETCH_WAITING] : [NEXT, NEXT_WAITING]
  for (const finding of taskId ? [THIS_ONE] : inTurn) {
    const keeping = ahead ? AHEAD : FOR_NOW
    const by = { actorId: user.id, detail: { site } }
    const row = await Task.lease(t, finding, keeping, names, by)
    if (row) return Assignment.$createFromAdapterResult(row, undefined, { client: t.trx })!
  }
  return undefined
}
