import db from '@adonisjs/lucid/services/db'
import { backupDays } from '#app/center/backups/make_backups'

/** Back-ups that could still open what was destroyed. */
interface BackupsLeft {
  until: string | null
  /** copies out of reach, of which no day is known */
  beyond: number
}

/**
 * The day (`YYYY-MM-DD`, Tokyo) on which the last back-up goes that was made before a moment, as back-ups are kept now:
 * until then whoever has its keys could open what was destroyed since. Null where there is none any more.
 */
export async function backupsUntil(before: Date): Promise<BackupsLeft> {
  const days = await backupDays.value()
  const row: { until: string | null; beyond: string } | null = await db
    .from('backups')
    .where('state', 'done')
    .where('created_at', '<', before)
    .select(
      db.raw(
        `to_char(max(created_at + make_interval(days => ?)) filter (where reason is distinct from 'out_of_reach')
           at time zone 'Asia/Tokyo', 'YYYY-MM-DD') as until,
         count(*) filter (where reason = 'out_of_reach') as beyond`,
        [days]
      )
    )
    .first()
  return { until: row?.until ?? null, beyond: Number(row?.beyond ?? 0) }
}
