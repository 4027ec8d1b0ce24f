import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { MachineFault } from '#app/core/machine_fault'

/** A fault that nobody has met for so long is over (seconds): what waits for it is tried more often. */
const OVER_AFTER_SECONDS = 120
/** Open screens may be so far behind (ms). */
const LOOK_EVERY_MS = 5_000

export interface Alarm {
  fault: MachineFault
  since: Date
}

let seen: { alarms: Alarm[]; at: number } = { alarms: [], at: -Infinity }

/** Tells everybody that the machine is at fault. Never throws: where the database is lost, the log has it alone. */
export async function raiseAlarm(fault: MachineFault): Promise<void> {
  logger.error({ fault }, 'the machine is at fault; work waits')
  seen.at = -Infinity
  await db
    .rawQuery(
      `insert into alarms (fault) values (?) on conflict (fault) do update set last_at = now(),
         since = case when alarms.last_at < now() - make_interval(secs => ?) then now() else alarms.since end`,
      [fault, OVER_AFTER_SECONDS]
    )
    .catch(() => {})
}

/** Returns what is wrong with the machine now, longest first. */
export async function openAlarms(): Promise<Alarm[]> {
  if (performance.now() - seen.at < LOOK_EVERY_MS) return seen.alarms
  const alarms: Alarm[] = await db
    .from('alarms')
    .whereRaw('last_at >= now() - make_interval(secs => ?)', [OVER_AFTER_SECONDS])
    .orderBy('since')
    .select('fault', 'since')
    .catch(() => [])
  seen = { alarms, at: performance.now() }
  return alarms
}
