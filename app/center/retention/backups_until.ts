import db from '@adonisjs/lucid/services/db'
import { backupDays } from '#app/center/backups/make_backups'

/**
 * The day (`YYYY-MM-DD`, Tokyo) on which the last back-up goes that was made before a moment, as back-ups are kept now:
 * until then whoever has its keys could open what was destroyed since. Null where there is none any more.
 */
export async function backupsUntil(before: Date): Promise<string | null> {
  const days = await backupDays.value()
  const row: { until: string | null } | null = await db
    .from('backups')
    .where('state', 'done')
    .where('created_at', '<', before)
    .select(
      db.raw(
        `to_char(max(created_at + make_interval(days => ?)) at time zone 'Asia/Tokyo', 'YYYY-MM-DD') as until`,
        [days]
      )
    )
    .first()
  return row?.until ?? null
}
