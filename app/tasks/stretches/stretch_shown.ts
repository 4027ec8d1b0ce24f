import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import type Assignment from '#app/tasks/assignment'
import { minutesFor, runningStretch } from '#app/tasks/stretches/stretch'
import { taskKinds } from '#app/tasks/task_kind'

/** A stretch as its screens show it. */
export interface StretchShown {
  promised: number
  left: number
  minutes: number
}

/** Says what is left of a stretch on the screen of one of its tasks; null where the task is of none. */
export async function stretchOf({
  id,
  userId,
  site,
  ahead,
  task,
}: Assignment): Promise<StretchShown | null> {
  if (!taskKinds.get(task.kind).groups) return null
  const running = await runningStretch(userId, site)
  if (!running) return null
  const { stretch } = running
  if (task.kind !== stretch.kind || task.groupKey !== stretch.groupKey) return null
  // One that lies ready is looked at when those before it are done.
  const before = ahead ? await openBefore(userId, id) : 0
  const left = Math.max(1, running.left - before)
  return { promised: stretch.promised, left, minutes: minutesFor(left, stretch.secondsEach) }
}

async function openBefore(userId: string, id: string): Promise<number> {
  const [{ count }]: { count: number }[] = await db
    .from('assignments')
    .where('user_id', userId)
    .whereNull('ended_at')
    .whereRaw('(not ahead or id < ?)', [id])
    .select(db.raw('count(*)::int as count'))
  return count
}

/** Says what somebody is at, on the screen where their work begins; null where it is no stretch. */
export async function ownStretch(user: User, site: Site) {
  const running = await runningStretch(user.id, site)
  if (!running || running.left === 0) return null
  const { stretch, left } = running
  const { groups } = taskKinds.get(stretch.kind)
  const named = await groups?.name(stretch.serviceVersionId, stretch.groupKey)
  return named && { ...named, left, minutes: minutesFor(left, stretch.secondsEach) }
}
