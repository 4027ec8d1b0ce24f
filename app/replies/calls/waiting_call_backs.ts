import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { PAGE_SIZE } from '#app/core/paging'

/** Calls that are to be made, the most urgent first. */
export function waitingCallBacks() {
  return db
    .from('tasks')
    .join('call_backs', 'call_backs.id', 'tasks.subject_id')
    .where('tasks.kind', 'call_back')
    .whereIn('tasks.state', ['open', 'leased'])
    .orderBy('tasks.priority', 'desc')
    .orderBy('tasks.created_at')
    .limit(PAGE_SIZE)
    .select(
      'tasks.id',
      'tasks.state',
      'tasks.available_at',
      'call_backs.reason',
      'call_backs.attempts',
      'call_backs.created_at',
      db.raw('tasks.available_at > now() as later')
    )
}

/** Counts calls that could be made now. */
export async function countCallBacks(): Promise<number> {
  const [{ count }] = await db
    .from('tasks')
    .where({ kind: 'call_back', state: 'open' })
    .whereRaw('available_at <= now()')
    .count('* as count')
  return Number(count)
}

/** The call that a clerk has begun and not finished. */
export function ownCallBack(user: User): Promise<{ id: string } | null> {
  return db
    .from('assignments')
    .join('tasks', 'tasks.id', 'assignments.task_id')
    .where({ 'assignments.user_id': user.id, 'tasks.kind': 'call_back' })
    .whereNull('assignments.ended_at')
    .whereRaw('assignments.expires_at > now()')
    .select('assignments.id')
    .first()
}
