import { statfs } from 'node:fs/promises'
import db from '@adonisjs/lucid/services/db'
import { openAlarms } from '#app/core/alarms'
import { filesFolder } from '#app/core/disk_check'
import type { Gauge } from '#app/core/gauges'

const MB = 2 ** 20

async function seconds(sql: string): Promise<number | null> {
  const { rows } = await db.rawQuery<{ rows: { value: string | null }[] }>(sql)
  return rows[0].value === null ? null : Number(rows[0].value)
}

/** Gauges of the ground: database, disk, clock, wake-ups that nobody has heard. */
export const coreGauges: Gauge[] = [
  {
    name: 'database_answers',
    unit: 'seconds',
    warn: 1,
    fail: 10,
    async read() {
      const begun = performance.now()
      await db.rawQuery('select 1')
      return (performance.now() - begun) / 1000
    },
  },
  {
    name: 'disk_left',
    unit: 'bytes',
    isRoom: true,
    warn: 2000 * MB,
    fail: 500 * MB,
    async read() {
      const { bavail, bsize } = await statfs(filesFolder())
      return bavail * bsize
    },
  },
  {
    // Leases, holds and wake times are the database's clock.
    name: 'clock_skew',
    unit: 'seconds',
    warn: 2,
    fail: 60,
    async read() {
      const before = Date.now()
      const at = await seconds('select extract(epoch from clock_timestamp()) as value')
      return Math.max(Math.abs(at! * 1000 - (before + Date.now()) / 2) / 1000, 0)
    },
  },
  {
    name: 'wakes_late',
    unit: 'seconds',
    warn: 300,
    fail: 3600,
    read: () =>
      seconds(
        `select coalesce(greatest(extract(epoch from now() - min(at)), 0), 0) as value from wakes`
      ),
  },
  { name: 'alarms', unit: 'count', fail: 0, read: async () => (await openAlarms()).length },
]
