import type { Site } from '#app/people/user'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { NumberSetting } from '#app/core/number_setting'
import { transition, type Transition } from '#app/core/transition'
import Assignment from '#app/tasks/assignment'
import { giveBackLeases } from '#app/tasks/give_back_leases'
import { endAssignment } from '#app/tasks/end_assignment'
import Task from '#app/tasks/task'
import { ELIGIBLE, eligibleFor } from '#app/tasks/eligible'

/** Minutes that a lease lasts without a sign of life. */
export const leaseMinutes = new NumberSetting({
  name: 'tasks.lease_minutes',
  section: 'work',
  unit: 'minutes',
  fallback: 10,
  min: 3,
  max: 120,
})

export type Taken =
  { ok: true; assignment: Assignment } | { ok: false; reason: 'nothing_to_do' | 'not_available' }

/**
 * Leases the next task to a person: of the kinds that their role does, at the site where they are, of
 * highest priority and soonest due. Who has a task already keeps it: reloads and second tabs give none
 * twice. A certain task can be asked for by id; the one at hand is then given back.
 */
export async function takeNextTask(
  user: User,
  site: Site,
  wanted: { kind?: string; taskId?: string } = {}
): Promise<Taken> {
  return transition(async (t) => {
    // Not a full lock: events and entries that name this person must not wait for it.
    await t.trx.rawQuery('select id from users where id = ? for no key update', [user.id])
    await releaseExpired(t, user.id)
    const current = await Assignment.query({ client: t.trx })
      .where('userId', user.id)
      .whereNull('endedAt')
      .first()
    // What was taken at the center is not gone on with at home.
    const stays = current?.site === site
    if (stays && (!wanted.taskId || wanted.taskId === current.taskId)) {
      return { ok: true, assignment: current }
    }
    const task = await lockNext(t, user, site, wanted)
    if (!task && stays) return { ok: false, reason: 'not_available' }
    if (current) await endAssignment(t, current, 'given_back')
    if (!task) return { ok: false, reason: wanted.taskId ? 'not_available' : 'nothing_to_do' }
    return { ok: true, assignment: await lease(t, user, site, task) }
  })
}

interface Candidate {
  id: string
  client_id: string
  subject_type: string
  subject_id: string
  submission_id: string | null
  kind: string
  group_key: string
  linkage_id: string
  links: string
}

async function lockNext(
  t: Transition,
  user: User,
  site: Site,
  wanted: { kind?: string; taskId?: string }
): Promise<Candidate | undefined> {
  const { rows }: { rows: Candidate[] } = await t.trx.rawQuery(
    `select t.* from tasks t where ${ELIGIBLE}
     order by t.priority desc, t.due_on nulls last, t.created_at, t.id
     for update of t skip locked
     limit 1`,
    eligibleFor(user, site, wanted)
  )
  return rows[0]
}

async function lease(t: Transition, user: User, site: Site, task: Candidate): Promise<Assignment> {
  await Task.lease(t, task.id, {
    actorId: user.id,
    submissionId: task.submission_id,
    detail: { kind: task.kind, group: task.group_key, site },
  })
  const latest = await t.trx
    .from('assignments')
    .where('task_id', task.id)
    .max('fence as fence')
    .first()
  const id = newId()
  await t.trx.table('assignments').insert({
    id,
    task_id: task.id,
    user_id: user.id,
    site,
    fence: (latest?.fence ?? 0) + 1,
    expires_at: t.trx.raw('now() + make_interval(mins => ?)', [await leaseMinutes.value(t.trx)]),
  })
  await t.trx
    .knexQuery()
    .insert({
      user_id: user.id,
      linkage_id: task.linkage_id,
      subject_id: task.subject_id,
      group_key: task.group_key,
      links: task.links,
    })
    .into('exposures')
    .onConflict(['user_id', 'linkage_id', 'subject_id', 'group_key'])
    .ignore()
  return Assignment.query({ client: t.trx }).where('id', id).firstOrFail()
}

/** Leases that have run out: their tasks are open again, drafts stay. Of one person, or of everybody. */
export async function releaseExpired(t: Transition, userId?: string): Promise<number> {
  const leases = t.trx
    .from('assignments')
    .whereRaw('expires_at <= now()')
    .if(userId, (query) => query.where('user_id', userId!))
  return giveBackLeases(t, leases, 'expired')
}
