import type { Site } from '#app/people/user'
import type User from '#app/people/user'
import { transition, type Transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { leaseNextTask } from '#app/tasks/lease_next_task'
import { giveBackLeases } from '#app/tasks/give_back_leases'
import { AT_STRETCH, stretchWithin } from '#app/tasks/stretches/stretch'
import { AHEAD_MINUTES, NOT_AWAITED } from '#app/tasks/lease_times'

/** So many tasks lie ready on the screen of somebody who works. */
const AHEAD = 2

/**
 * Leases to somebody, beside the task at hand, those of its kind that come next: their screens are loaded before they are
 * wanted. What was shown counts as seen, begun or not; nobody is given more in two windows.
 * @returns the addresses of their screens, in the order in which they come
 */
export async function leaseAhead(
  user: User,
  site: Site,
  { id }: Assignment,
  kind: string
): Promise<string[]> {
  return transition(async (t) => {
    const at = await worksOn(t, user.id, id)
    if (!at) return []
    const within = at.atStretch ? await stretchWithin(t, user.id, site, { kind }) : null
    const limit = within ? Math.min(AHEAD, within.left - 1) : AHEAD
    const ids = await readyOnes(t, user.id, site)
    while (ids.length < limit) {
      const next = await leaseNextTask(t, user, site, { kind, stretch: within?.stretch }, true)
      if (!next) break
      ids.push(next.id)
    }
    return ids.map((one) => `/work/assignments/${one}`)
  })
}

/** Whether it is what they work on now; null where it isn't. Their other windows wait here for each other. */
async function worksOn(
  t: Transition,
  userId: string,
  id: string
): Promise<{ atStretch: boolean } | null> {
  const { rows } = await t.trx.rawQuery<{ rows: { atStretch: boolean }[] }>(
    `select ${AT_STRETCH}, ${NOT_AWAITED} from users u join assignments a on a.user_id = u.id
     where u.id = :user and u.left_at is null and u.frozen_at is null
       and a.id = :id and a.ended_at is null and not a.ahead and a.expires_at > now()
     for no key update of u`,
    { user: userId, id }
  )
  return rows.at(0) ?? null
}

/** Finds what lies ready for somebody where they are, and goes on lying there; what has run out goes back. */
async function readyOnes(t: Transition, userId: string, site: Site): Promise<string[]> {
  const all: { id: string; site: Site; over: boolean; soon: boolean }[] = await t.trx
    .from('assignments')
    .where('user_id', userId)
    // Said, not given: the plan is made before anybody's values, and the index has these alone.
    .whereRaw('ahead and ended_at is null')
    .orderBy('id')
    .select(
      'id',
      'site',
      t.trx.raw('expires_at <= now() as over'),
      t.trx.raw(`expires_at < now() + interval '${AHEAD_MINUTES} minutes' / 2 as soon`)
    )
  const over = all.filter((one) => one.over).map(({ id }) => id)
  if (over.length > 0)
    await giveBackLeases(t, t.trx.from('assignments').whereIn('id', over), 'expired')
  if (all.some(({ soon }) => soon)) await prolongAhead(t, userId)
  return all.filter((one) => !one.over && one.site === site).map(({ id }) => id)
}

/** Prolongs what lies ready for somebody who is at work. */
export async function prolongAhead(t: Transition, userId: string): Promise<void> {
  // One that tells of itself in this moment is prolonged there: nobody waits for the other.
  await t.trx.rawQuery(
    `update assignments set expires_at = now() + make_interval(mins => ${AHEAD_MINUTES}) where id in (
       select id from assignments
       where user_id = :user and ahead and ended_at is null and expires_at > now() for update skip locked)`,
    { user: userId }
  )
}
