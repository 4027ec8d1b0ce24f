import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { taskKinds, type Described, type TakenBack } from '#app/tasks/task_kind'

/** So much of what somebody did last is listed. */
const LISTED = 20

export interface RecentWork extends Described {
  assignmentId: string
  /** key of its kind's name */
  kind: string
  at: Date
}

/** Lists what somebody finished last, with what it was and whether they can still open it again. */
export async function recentWork(userId: string): Promise<RecentWork[]> {
  const rows: { id: string; kind: string; at: Date }[] = await db
    .from('assignments as a')
    .join('tasks as t', 't.id', 'a.task_id')
    .where('a.user_id', userId)
    .where('a.ended_reason', 'done')
    .orderBy('a.started_at', 'desc')
    .limit(LISTED)
    .select('a.id', 't.kind', 'a.ended_at as at')
  const byKind = Map.groupBy(rows, ({ kind }) => kind)
  const described = new Map<string, Described>()
  for (const [kind, of] of byKind) {
    const known = await taskKinds.get(kind).retraction?.describe(of.map(({ id }) => id))
    for (const [id, one] of known ?? []) described.set(id, one)
  }
  return rows.map(({ id, kind, at }) => ({
    assignmentId: id,
    kind: taskKinds.get(kind).label,
    at,
    ...(described.get(id) ?? { label: null, mayReopen: false }),
  }))
}

/** Opens again what somebody finished, as long as nobody else has worked on it. */
export async function reopenWork(user: User, site: Site, assignmentId: string): Promise<TakenBack> {
  const own: { kind: string } | null = await db
    .from('assignments as a')
    .join('tasks as t', 't.id', 'a.task_id')
    .where({ 'a.id': assignmentId, 'a.user_id': user.id, 'a.ended_reason': 'done' })
    .select('t.kind')
    .first()
  const retraction = own && taskKinds.get(own.kind).retraction
  return retraction
    ? retraction.take(user, site, assignmentId)
    : { ok: false, reason: 'not_taken_back' }
}
