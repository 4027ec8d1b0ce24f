import type { Site } from '#app/people/user'
import type User from '#app/people/user'
import type { Transition } from '#app/core/transition'
import { ELIGIBLE, eligibleFor, type Wanted } from '#app/tasks/eligible'
import Task, { type Finding, type LeasedTask } from '#app/tasks/task'

/** The parts of the queue that somebody may be given work from: their kinds, by site and skill. */
const PARTS = `select kind, site, skill
  from unnest(cast(:kinds as text[])) as kind
  cross join unnest(cast(:sites as text[])) as site
  cross join (
    select '' as skill union select q.skill from qualifications q
    where q.user_id = :user and (q.valid_until is null or q.valid_until >= current_date)) as skills`

/**
 * The first task of each part lies first in the index `tasks_claim`: nothing is sorted but these. What somebody else is
 * about to take is passed over, or waited for.
 */
const firstOfParts = (passOver: boolean) => `select head.id from (${PARTS}) as part
  cross join lateral (
    select t.* from tasks t
    where t.kind = part.kind and t.site = part.site and coalesce(t.skill, '') = part.skill and ${ELIGIBLE}
    order by t.priority desc, t.due_on, t.created_at, t.id
    limit 1 for update of t ${passOver ? 'skip locked' : ''}) as head
  order by head.priority desc, head.due_on, head.created_at, head.id
  limit 1`

const NEXT: Finding = { name: 'lease_next', sql: firstOfParts(true) }
const NEXT_WAITING: Finding = { name: 'lease_next_waiting', sql: firstOfParts(false) }
const THIS_ONE: Finding = {
  name: 'lease_this_one',
  sql: `select t.id from tasks t where t.id = cast(:task as uuid) and ${ELIGIBLE} for update of t skip locked`,
}

/** Leases the task that is next for somebody, or the one they ask for; undefined where there is none. */
export async function leaseNextTask(
  t: Transition,
  user: User,
  site: Site,
  wanted: Wanted
): Promise<LeasedTask | undefined> {
  const names = eligibleFor(user, site, wanted)
  const by = { actorId: user.id, detail: { site } }
  if (wanted.taskId) return Task.lease(t, THIS_ONE, { ...names, task: wanted.taskId }, by)
  // Whoever claims locks the first of each of their parts and takes one: the others are free again in a moment.
  return (await Task.lease(t, NEXT, names, by)) ?? Task.lease(t, NEXT_WAITING, names, by)
}
