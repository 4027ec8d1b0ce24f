import db from '@adonisjs/lucid/services/db'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'

/**
 * A day, from the day after tomorrow on, on which the bus runs. It can be booked from the day before, also where holidays
 * lie between.
 */
export async function busDay(): Promise<string> {
  const run: { day: string } = await db
    .from('slots')
    .join('calendars', 'calendars.id', 'slots.calendar_id')
    .where('calendars.slug', 'bus-ao')
    .where('slots.starts_at', '>=', addDays(today(), 2))
    .orderBy('slots.starts_at')
    .select(db.raw('slots.starts_at::date as day'))
    .firstOrFail()
  await db
    .from('calendars')
    .whereLike('slug', 'bus-%')
    .update({
      rules: db.raw(
        `jsonb_set(rules, '{bookFromDays}', to_jsonb(cast(? as date) + 1 - cast(? as date)))`,
        [run.day, today()]
      ),
    })
  return run.day
}
