import db from '@adonisjs/lucid/services/db'
import type { Gauge } from '#app/core/gauges'

/** Says that a worker lives; run by each every some seconds. */
export async function beat(): Promise<void> {
  await db.rawQuery(
    `insert into heartbeats (of, at) values ('worker', now()) on conflict (of) do update set at = now()`
  )
}

/** Seconds since a worker was last known to live. */
export const workerGauge: Gauge = {
  name: 'worker_silent',
  unit: 'seconds',
  warn: 60,
  fail: 180,
  async read() {
    const { rows } = await db.rawQuery<{ rows: { age: string | null }[] }>(
      `select extract(epoch from now() - max(at)) as age from heartbeats`
    )
    return rows[0].age === null ? null : Number(rows[0].age)
  },
}
