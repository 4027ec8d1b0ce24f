import db from '@adonisjs/lucid/services/db'
import { today } from '#app/core/clock'

/** Counts what a person has done today (Tokyo): tasks finished, and minutes of active work. */
export async function todaysWork(
  userId: string
): Promise<{ day: string; tasks: number; minutes: number }> {
  const day = today()
  const { rows }: { rows: { tasks: number; seconds: number | null }[] } = await db.rawQuery(
    `select
       (select count(*) from assignments where user_id = :user and started_at > start - interval '2 days' and ended_reason = 'done' and ended_at >= start) as tasks,
       (select sum(extract(epoch from ended_at - greatest(started_at, start)))::float from activity_spans where user_id = :user and state in ('counted', 'approved') and started_at > start - interval '2 days' and ended_at >= start) as seconds
     from (select cast(:today as timestamp) at time zone 'Asia/Tokyo' as start) as day`,
    { user: userId, today: day }
  )
  return { day, tasks: Number(rows[0].tasks), minutes: Math.round((rows[0].seconds ?? 0) / 60) }
}
