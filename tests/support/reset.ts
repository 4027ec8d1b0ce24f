import db from '@adonisjs/lucid/services/db'
import { looks } from '#app/audit/looks'
import { restorePristine } from '#tests/support/pristine'

/** Before each test: an empty city office, every slot free, whatever the test before it did or how it failed. */
export async function reset(): Promise<void> {
  looks.forget()
  await restorePristine()
  const { rows } = await db.rawQuery<{ rows: { tables: string | null }[] }>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables where schemaname = 'queue' and tablename <> 'migration'`
  )
  if (rows[0].tables) await db.connection('owner').rawQuery(`truncate ${rows[0].tables}`)
}
