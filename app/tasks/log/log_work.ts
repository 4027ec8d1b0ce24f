import db from '@adonisjs/lucid/services/db'
import type { TYPED_KINDS } from '#app/tasks/log/activity_span'
import ActivitySpan from '#app/tasks/log/activity_span'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { now, today, wallTime } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

export interface TypedWork {
  kind: (typeof TYPED_KINDS)[number]
  /** YYYY-MM-DD */
  day: string
  /** HH:MM, Tokyo; until may be past midnight */
  from: string
  until: string
  note: string
}

export type Logged =
  | { ok: true; id: string }
  /** `too_old`: pay of that day is reckoned by now */
  | { ok: false; reason: 'ends_before' | 'not_yet' | 'too_old' | 'overlaps' }

/** So many days back work can be typed in. */
const DAYS_BACK = 31
const MAX_HOURS = 12

/** Somebody types in work that was no task; it counts when a leader has approved it. */
export async function logWork(user: User, site: Site, work: TypedWork): Promise<Logged> {
  const { kind, day, from, until, note } = work
  const startsAt = `${day}T${from}`
  // Past midnight it ends on the next day.
  const endsAt = `${until > from ? day : addDays(day, 1)}T${until}`
  if (day > today()) return { ok: false, reason: 'not_yet' }
  if (hours(startsAt, endsAt) > MAX_HOURS) return { ok: false, reason: 'ends_before' }
  if (endsAt > wallTime(now())) return { ok: false, reason: 'not_yet' }
  if (day < addDays(today(), -DAYS_BACK)) return { ok: false, reason: 'too_old' }
  return transition(async (t) => {
    // Two windows of one person wait for each other.
    await t.trx.from('users').where('id', user.id).forUpdate().select('id')
    const span = [`${startsAt}:00+09:00`, `${endsAt}:00+09:00`]
    const other: unknown = await t.trx
      .from('activity_spans')
      .where('user_id', user.id)
      .whereNotIn('state', ['declined', 'withdrawn'])
      .where('started_at', '<', span[1])
      // Nothing lasts longer than a day.
      .where('started_at', '>', `${addDays(day, -1)}T${from}:00+09:00`)
      .where('ended_at', '>', span[0])
      .first()
    if (other) return { ok: false, reason: 'overlaps' }
    const id = newId()
    await t.trx.table('activity_spans').insert({
      id,
      user_id: user.id,
      kind,
      site,
      note,
      state: 'asked',
      started_at: span[0],
      ended_at: span[1],
    })
    t.recordOnly({
      verb: 'activity_span.asked',
      subject: { type: 'activity_span', id },
      actorId: user.id,
      detail: { kind, to: 'asked' },
    })
    return { ok: true, id }
  })
}

function hours(from: string, until: string): number {
  return (Date.parse(`${until}:00Z`) - Date.parse(`${from}:00Z`)) / 3_600_000
}

/** Somebody takes back what they typed in; false where it isn't theirs, or somebody has decided already. */
export async function withdrawWork(user: User, id: string): Promise<boolean> {
  const own: unknown = await db.from('activity_spans').where({ id, user_id: user.id }).first()
  return own !== null && transition((t) => ActivitySpan.withdraw(t, id, user.id))
}
