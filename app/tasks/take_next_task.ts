import type { Site } from '#app/people/user'
import { ENTRUSTED, entrustedFor } from '#app/people/consents/entrusted'
import type User from '#app/people/user'
import { isSentAway, transition, type Transition } from '#app/core/transition'
import Assignment from '#app/tasks/assignment'
import { giveBackLeases } from '#app/tasks/give_back_leases'
import { endAssignment } from '#app/tasks/end_assignment'
import type { Wanted } from '#app/tasks/eligible'
import { AT_STRETCH, stretchWithin, type RunningStretch } from '#app/tasks/stretches/stretch'
import { keepWanted, leaseAlone, leaseNextTask } from '#app/tasks/lease_next_task'
import { LEASE_MINUTES, leaseTimes, NOT_AWAITED, PLANNED_ONCE } from '#app/tasks/lease_times'

/** The index by which nobody works on two tasks. */
const ONE_EACH = 'assignments_one_per_user'

export type Taken =
  | { ok: true; assignment: Assignment }
  | { ok: false; reason: 'nothing_to_do' | 'not_available' | 'stretch_done' | 'stretch_over' }

/**
 * Leases the next task to a person: of the kinds that their role does, at the site where they are, of
 * highest priority and soonest due. Who has a task already keeps it: reloads and second tabs give none
 * twice. A certain task can be asked for by id; the one at hand is then given back.
 */
export async function takeNextTask(user: User, site: Site, wanted: Wanted = {}): Promise<Taken> {
  try {
    const assignment = await leaseAlone(user, site, wanted)
    if (assignment) return { ok: true, assignment }
  } catch (error) {
    // Another window of theirs has just taken one, which is the one they have; or two claims waited for each other.
    if (!isOneEach(error) && !isSentAway(error)) throw error
  }
  return goOn(user, site, wanted)
}

/** The same for who has just done one: the next lies ready, most of the time. */
export async function goOn(user: User, site: Site, wanted: Wanted = {}): Promise<Taken> {
  try {
    return await transition((t) => claim(t, user, site, wanted, NOT_AWAITED))
  } catch (error) {
    if (!isOneEach(error)) throw error
    return transition((t) => claim(t, user, site, wanted, NOT_AWAITED))
  }
}

function isOneEach(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === ONE_EACH
}

/**
 * Takes it within a transition of somebody else's.
 * @param settings SQL: how the transition is run from its first statement on
 */
export async function claim(
  t: Transition,
  user: User,
  site: Site,
  wanted: Wanted,
  settings = PLANNED_ONCE
): Promise<Taken> {
  const has = await running(t, user.id, settings)
  if (!has) return { ok: false, reason: 'not_available' }
  const { current, hasAhead, atStretch } = has
  // What was taken at the center is not gone on with at home.
  const stays = current?.site === site
  if (stays && (!wanted.taskId || wanted.taskId === current.taskId))
    return { ok: true, assignment: current }
  const within = atStretch ? await stretchWithin(t, user.id, site, wanted) : null
  if (within?.left === 0) {
    await within.stretch.end(t, 'done')
    return { ok: false, reason: 'stretch_done' }
  }
  const ready = !current && hasAhead ? await begin(t, user.id, site, wanted) : null
  if (ready) return { ok: true, assignment: ready }
  // Only for a certain one that is there is the one at hand given back.
  const { taskId } = wanted
  if (stays && taskId && !(await keepWanted(t, user, site, { ...wanted, taskId })))
    return { ok: false, reason: 'not_available' }
  if (current) await endAssignment(t, current, 'given_back')
  const assignment = await leaseNextTask(t, user, site, ofStretchAlone(wanted, within))
  if (assignment) return { ok: true, assignment }
  await within?.stretch.end(t, 'nothing_left')
  if (within) return { ok: false, reason: 'stretch_over' }
  return { ok: false, reason: taskId ? 'not_available' : 'nothing_to_do' }
}

/** Within a stretch the next task is of its kind and group alone. */
function ofStretchAlone(wanted: Wanted, within: RunningStretch | null): Wanted {
  return within ? { ...wanted, kind: within.stretch.kind, stretch: within.stretch } : wanted
}

/**
 * Finds the lease that somebody has; one that has run out is over now. Whoever leaves, or is frozen, meanwhile waits for
 * this claim, so that its lease goes back too.
 * @returns null for somebody who may do nothing any more
 */
async function running(
  t: Transition,
  userId: string,
  settings: string
): Promise<{ current?: Assignment; hasAhead: boolean; atStretch: boolean } | null> {
  const { rows } = await t.trx.rawQuery<{ rows: Found[] }>(
    `select a.*, a.expires_at <= now() as over,
       exists (select 1 from assignments r where r.user_id = u.id and r.ended_at is null and r.ahead) as "hasAhead",
       ${AT_STRETCH}, ${settings}
     from users u left join assignments a on a.user_id = u.id and a.ended_at is null and not a.ahead
     where u.id = :user and u.left_at is null and u.frozen_at is null
     for share of u`,
    { user: userId }
  )
  const [row] = rows
  if (!row) return null
  const { over, hasAhead, atStretch, ...current } = row
  if (!current.id) return { hasAhead, atStretch }
  if (!over) return { current: asAssignment(t, current), hasAhead, atStretch }
  await releaseExpired(t, userId)
  return { hasAhead, atStretch }
}

type Found = Record<string, unknown> & { over: boolean; hasAhead: boolean; atStretch: boolean }

/** Begins what lies ready for somebody, first come first: where they are, and of the kind that they want. */
async function begin(
  t: Transition,
  userId: string,
  site: Site,
  { kind, taskId, packId, toPromise }: Wanted
): Promise<Assignment | null> {
  if (taskId || packId || toPromise) return null
  const { rows } = await t.trx.rawQuery<{ rows: Record<string, unknown>[] }>(
    `update assignments set ahead = false, started_at = now(),
       expires_at = now() + make_interval(mins => ${LEASE_MINUTES})
     where id = (
       select a.id from assignments a join tasks t on t.id = a.task_id
       where a.user_id = :user and a.ended_at is null and a.ahead and a.expires_at > now() and a.site = :site
         and (:kind = '' or t.kind = :kind) and ${ENTRUSTED}
       order by a.id limit 1 for update of a)
     returning *`,
    {
      ...entrustedFor(userId, site),
      ...leaseTimes(),
      kind: kind ?? '',
    }
  )
  return rows[0] ? asAssignment(t, rows[0]) : null
}

function asAssignment(t: Transition, row: Record<string, unknown>): Assignment {
  return Assignment.$createFromAdapterResult(row, undefined, { client: t.trx })!
}

/** Leases that have run out: their tasks are open again, drafts stay. Of one person, or of everybody. */
export async function releaseExpired(t: Transition, userId?: string): Promise<number> {
  const leases = t.trx
    .from('assignments')
    .whereRaw('expires_at <= now()')
    .if(userId, (query) => query.where('user_id', userId!))
  return giveBackLeases(t, leases, 'expired')
}
