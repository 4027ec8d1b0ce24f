import db from '@adonisjs/lucid/services/db'
import type { Gauge } from '#app/core/gauges'

/** The time that the oldest page waits to be read. */
export const oldestPage: Gauge = {
  name: 'oldest_page',
  unit: 'seconds',
  warn: 1800,
  fail: 14_400,
  async read() {
    const { rows } = await db.rawQuery<{ rows: { age: string }[] }>(
      `select coalesce(extract(epoch from now() - min(created_at)), 0) as age from pages where state = 'pending'`
    )
    return Number(rows[0].age)
  },
}
