import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { kindsOfEvents, type AuditFilter } from '#app/center/audit/audit_filter'

/** An event as the audit shows it. */
export interface AuditedEvent {
  sequence: number
  at: Date
  verb: string
  subject_type: string
  subject_id: string
  /** who did it; null for the machine */
  login: string | null
  name: string | null
  submission_id: string | null
  receipt: string | null
  detail: Record<string, unknown>
}

/** Events that fit, newest first; older than `before` where it is given. Costs what is shown, not what there is. */
export async function listEvents(
  user: User,
  { actorId, submissionId, recordId, kind, from, to }: AuditFilter,
  { before, limit }: { before: number | null; limit: number }
): Promise<AuditedEvent[]> {
  const query = db
    .from('events as e')
    .leftJoin('users as u', 'u.id', 'e.actor_id')
    // Of a protected person (支援措置) not even the number is shown to who isn't named for them.
    .joinRaw(
      `left join submissions s on s.id = coalesce(e.submission_id, case when e.subject_type = 'submission' then e.subject_id end)
         and (? or not s.protected)`,
      [user.seesProtected]
    )
    .orderBy('e.sequence', 'desc')
    .limit(limit)
    .select(
      'e.sequence',
      'e.at',
      'e.verb',
      'e.subject_type',
      'e.subject_id',
      'e.detail',
      's.id as submission_id',
      's.receipt',
      'u.login',
      'u.display_name as name'
    )
  if (!user.worksForCenter) query.where('e.client_id', user.organizationId)
  if (before !== null) query.where('e.sequence', '<', before)
  if (actorId) query.where('e.actor_id', actorId)
  if (submissionId)
    // Found by their own indexes first: an `or` would have the whole history walked from its end.
    query.whereRaw(
      `e.sequence in (select sequence from events where submission_id = :id
         union select sequence from events where subject_type = 'submission' and subject_id = :id)`,
      { id: submissionId }
    )
  if (recordId) query.where('e.subject_id', recordId)
  // Its index begins with the kind.
  if (recordId && !kind) query.whereIn('e.subject_type', await kindsOfEvents())
  if (kind) query.where('e.subject_type', kind)
  if (from) query.whereRaw(`e.at >= cast(? as timestamp) at time zone 'Asia/Tokyo'`, [from])
  if (to)
    query.whereRaw(`e.at < (cast(? as timestamp) + interval '1 day') at time zone 'Asia/Tokyo'`, [
      to,
    ])
  return query
}
