import type { Site } from '#app/people/user'
import type User from '#app/people/user'
import type { Transition } from '#app/core/transition'
import { BY_TURN, ELIGIBLE, eligibleFor, OF_PART, PARTS, type Wanted } from '#app/tasks/eligible'
import { OF_STRETCH, ofStretch } from '#app/tasks/stretches/stretch'
import Task, { type LeasedTask } from '#app/tasks/task'

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
  const { stretch } = wanted
  if (stretch) {
    const within = { ...names, ...ofStretch(stretch) }
    return (
      (await Task.lease(t, NEXT_OF_STRETCH, within, by)) ??
      Task.lease(t, NEXT_OF_STRETCH_WAITING, within, by)
    )
  }
  // Whoever claims locks the first of each of their parts and takes one: the others are free again in a moment.
  return (await Task.lease(t, NEXT, names, by)) ?? Task.lease(t, NEXT_WAITING, names, by)
}
