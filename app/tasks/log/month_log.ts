import db from '@adonisjs/lucid/services/db'
import { today } from '#app/core/clock'
import type { SpanState } from '#app/tasks/log/activity_span'

/** A day of somebody's work: minutes by where they come from, and tasks that were finished. */
export interface LoggedDay {
  /** YYYY-MM-DD */
  day: string
  tasks: number
  minutes: number
  /** typed in and approved */
  typed: number
  /** typed in, and nobody has decided yet */
  asked: number
}

export interface TypedSpan {
  id: string
  kind: string
  started_at: Date
  ended_at: Date
  note: string
  state: SpanState
  site: string
}

/** `?month=2026-11`; anything else is this month. */
export function monthOf({ month }: Record<string, unknown>): string {
  return typeof month === 'string' && /^20\d\d-(0[1-9]|1[0-2])$/.test(month)
    ? month
    : today().slice(0, 7)
}

/** The month before or after. */
export function monthBeside(month: string, by: -1 | 1): string {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** Minutes of spans on each of the days (Tokyo) that they touch, and tasks on the day on which they ended; by person. */
const DAYS = `select u.id as user_id, p.day,
    sum(p.tasks)::int as tasks,
    coalesce(round(sum(p.seconds) filter (where p.kind = 'task') / 60), 0)::int as minutes,
    coalesce(round(sum(p.seconds) filter (where p.state = 'approved') / 60), 0)::int as typed,
    coalesce(round(sum(p.seconds) filter (where p.state = 'asked') / 60), 0)::int as asked
  from users u cross join lateral (
    select s.kind, s.state, to_char(d.day, 'YYYY-MM-DD') as day, 0 as tasks,
      extract(epoch from least(s.ended_at at time zone 'Asia/Tokyo', d.day + interval '1 day')
        - greatest(s.started_at at time zone 'Asia/Tokyo', d.day)) as seconds
    from activity_spans s cross join lateral generate_series(
      date_trunc('day', s.started_at at time zone 'Asia/Tokyo'),
      date_trunc('day', s.ended_at at time zone 'Asia/Tokyo'), interval '1 day') as d (day)
    where s.user_id = u.id and s.state in ('counted', 'approved', 'asked')
      and s.started_at < cast(:until as timestamptz)
      and s.started_at >= cast(:from as timestamptz) - interval '1 day'
    union all
    select 'task', 'counted', to_char(a.ended_at at time zone 'Asia/Tokyo', 'YYYY-MM-DD'), 1, 0
    from assignments a
    where a.user_id = u.id and a.ended_reason = 'done'
      and a.started_at >= cast(:from as timestamptz) - interval '2 days'
      and a.ended_at >= cast(:from as timestamptz) and a.ended_at < cast(:until as timestamptz)
  ) as p
  where u.id = any(:users) and left(p.day, 7) = :month
  group by u.id, p.day order by p.day`

/** Returns the days of a month on which these people worked, by person. */
export async function daysOf(month: string, userIds: string[]): Promise<Map<string, LoggedDay[]>> {
  const { rows } = await db.rawQuery<{ rows: (LoggedDay & { user_id: string })[] }>(DAYS, {
    month,
    users: userIds,
    from: `${month}-01T00:00:00+09:00`,
    until: `${monthBeside(month, 1)}-01T00:00:00+09:00`,
  })
  return Map.groupBy(rows, (row) => row.user_id)
}

/** Lists what somebody has typed in of a month, the newest first. */
export function typedOf(month: string, userId: string): Promise<TypedSpan[]> {
  return db
    .from('activity_spans')
    .where('user_id', userId)
    .whereNot('kind', 'task')
    .where('started_at', '>=', `${month}-01T00:00:00+09:00`)
    .where('started_at', '<', `${monthBeside(month, 1)}-01T00:00:00+09:00`)
    .orderBy('started_at', 'desc')
    .select('id', 'kind', 'started_at', 'ended_at', 'note', 'state', 'site')
}

/** Lists what waits for approval, the oldest first; one's own is for somebody else. */
export function waitingForApproval(
  userId: string,
  limit: number
): Promise<(TypedSpan & { name: string })[]> {
  return db
    .from('activity_spans as s')
    .join('users as u', 'u.id', 's.user_id')
    .where('s.state', 'asked')
    .whereNot('s.user_id', userId)
    .orderBy('s.started_at')
    .orderBy('s.id')
    .limit(limit)
    .select('s.id', 's.kind', 's.started_at', 's.ended_at', 's.note', 's.state', 's.site')
    .select('u.display_name as name')
}
