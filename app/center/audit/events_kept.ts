import db from '@adonisjs/lucid/services/db'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { NumberSetting } from '#app/core/number_setting'
import type { Queries } from '#app/core/queries'

/**
 * Events of whole days may go after so many days; 0: never. One period for all clients, as a day's chain is of all of
 * them. It is `audit:drop` that removes them: the running product may not.
 */
export const eventDays = new NumberSetting({
  name: 'events.kept_days',
  section: 'kept',
  unit: 'days',
  fallback: 0,
  min: 0,
  max: 36_525,
})

/** The first day (`YYYY-MM-DD`) whose events are still to be kept; null: all are. */
export async function firstKeptDay(): Promise<string | null> {
  const days = await eventDays.value()
  return days > 0 ? addDays(today(), -days) : null
}

/**
 * Selects the sealed days before a date whose events are there still. A day stays on which something happened to a
 * request that is under legal hold.
 */
export function sealedBefore(day: string, client: Queries = db) {
  return client
    .from('event_days')
    .where('day', '<', day)
    .whereExists((seals) =>
      seals
        .from('event_seals')
        .whereColumn('event_seals.center_id', 'event_days.center_id')
        .whereColumn('event_seals.day', 'event_days.day')
    )
    .whereNotExists((held) =>
      held
        .from('legal_holds')
        .join('events', 'events.submission_id', 'legal_holds.submission_id')
        .join('event_seals', 'event_seals.sequence', 'events.sequence')
        .whereNull('legal_holds.lifted_at')
        .whereColumn('event_seals.center_id', 'event_days.center_id')
        .whereColumn('event_seals.day', 'event_days.day')
    )
}

/** Counts days whose events are kept longer than the period says. */
export async function countDaysOver(): Promise<number> {
  const first = await firstKeptDay()
  if (!first) return 0
  const [{ days }]: { days: number }[] = await sealedBefore(first).select(
    db.raw('count(*)::int as days')
  )
  return days
}
