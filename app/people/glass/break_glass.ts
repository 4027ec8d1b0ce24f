import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import type { Transition } from '#app/core/transition'

/** An opened request closes again after so many minutes. */
export const OPEN_MINUTES = 30

/** Opens a closed request to somebody for a while, with their reason; its client is told on a list. */
export async function breakGlass(
  t: Transition,
  user: User,
  { id, clientId }: { id: string; clientId: string },
  reason: string
): Promise<void> {
  await t.trx.table('openings').insert({
    id: newId(),
    submission_id: id,
    client_id: clientId,
    user_id: user.id,
    reason,
    until: t.trx.raw('now() + make_interval(mins => ?)', [OPEN_MINUTES]),
  })
  t.recordOnly({
    verb: 'submission.broken_open',
    subject: { type: 'submission', id },
    clientId,
    submissionId: id,
    actorId: user.id,
    detail: { minutes: OPEN_MINUTES },
  })
}

/** Selects what was opened, with by whom; of a client its own. */
export function listOpenings(user: User) {
  return db
    .from('openings as o')
    .join('users as u', 'u.id', 'o.user_id')
    .leftJoin('users as s', 's.id', 'o.seen_by')
    .if(!user.worksForCenter, (query) => query.where('o.client_id', user.organizationId))
    .orderBy('o.opened_at', 'desc')
    .orderBy('o.id', 'desc')
    .select('o.*', 'u.display_name as by', 's.display_name as seen_name')
}

/** Counts what nobody of the client has looked at yet. */
export async function countUnseen(user: User): Promise<number> {
  if (user.worksForCenter) return 0
  const rows = await db
    .from('openings')
    .where('client_id', user.organizationId)
    .whereNull('seen_at')
    .limit(100)
    .select('id')
  return rows.length
}

/** Keeps that somebody of the client has looked at these of what was opened. */
export async function markSeen(t: Transition, user: User, ids: string[]): Promise<void> {
  await t.trx
    .from('openings')
    .whereIn('id', ids)
    .where('client_id', user.organizationId)
    .whereNull('seen_at')
    .update({ seen_by: user.id, seen_at: t.trx.raw('now()') })
  t.recordOnly({
    verb: 'openings.seen',
    subject: { type: 'organization', id: user.organizationId },
    clientId: user.organizationId,
    actorId: user.id,
  })
}

/** Forgets the reasons for which an erased request was opened: they may say something of its person. */
export async function forgetReasons(t: Transition, submissionId: string): Promise<void> {
  await t.trx.from('openings').where('submission_id', submissionId).update({ reason: '' })
}
