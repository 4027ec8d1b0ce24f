import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { Queries } from '#app/core/queries'
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

/** So long something is wrong before anybody is written to about it (seconds): much is over by then. */
const TOLD_AFTER_SECONDS = 120

/** Marks what has been wrong for a while and nobody was written to about; returns it, longest first. */
export async function alarmsToNotify(client: Queries): Promise<Alarm[]> {
  const { rows } = await client.rawQuery<{ rows: Alarm[] }>(
    `with found as (
       select fault from alarms
       where last_at >= now() - make_interval(secs => :over) and since <= now() - make_interval(secs => :told)
         and (told_at is null or told_at < since)
       for update skip locked)
     update alarms a set told_at = now() from found where a.fault = found.fault returning a.fault, a.since`,
    { over: OVER_AFTER_SECONDS, told: TOLD_AFTER_SECONDS }
  )
  return rows.sort((a, b) => a.since.getTime() - b.since.getTime())
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
