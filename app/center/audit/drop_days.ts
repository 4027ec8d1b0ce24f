import db from '@adonisjs/lucid/services/db'
import { firstKeptDay, sealedBefore } from '#app/center/audit/events_kept'
import { dropEvents } from '#app/core/drop_events'

/**
 * Removes the events of closed days before a date (`YYYY-MM-DD`), as the database's owner: whole days that are sealed,
 * nothing else. How many events a day had, and its last link, stay.
 * @returns the days that were dropped; `too_young` where the period for events keeps some before that date
 */
export async function dropDays(before: string): Promise<string[] | 'too_young'> {
  const firstKept = await firstKeptDay()
  if (firstKept && before > firstKept) return 'too_young'
  return db.connection('owner').transaction(async (trx) => {
    const days: { day: string; center_id: string }[] = await sealedBefore(before, trx)
      .orderBy('day')
      .select('day', 'center_id')
    for (const { day, center_id: centerId } of days) {
      const seals = () => trx.from('event_seals').where({ center_id: centerId, day })
      await dropEvents(trx, seals().select('sequence'))
      await seals().delete()
    }
    return days.map(({ day }) => day)
  })
}
