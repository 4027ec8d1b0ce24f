import db from '@adonisjs/lucid/services/db'
import { dropEvents } from '#app/core/drop_events'

/**
 * Removes the events of closed days before a date (`YYYY-MM-DD`), as the database's owner: whole days that are sealed,
 * nothing else. How many events a day had, and its last link, stay.
 * @returns the days that were dropped
 */
export async function dropDays(before: string): Promise<string[]> {
  return db.connection('owner').transaction(async (trx) => {
    const days: { day: string; center_id: string }[] = await trx
      .from('event_days')
      .where('day', '<', before)
      .whereExists((seals) =>
        seals
          .from('event_seals')
          .whereColumn('event_seals.center_id', 'event_days.center_id')
          .whereColumn('event_seals.day', 'event_days.day')
      )
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
