import db from '@adonisjs/lucid/services/db'
import { forgetWaiting } from '#app/people/navigation'
import { looks } from '#app/people/looks'
import { assertHistory, assertWords, restorePristine } from '#tests/support/pristine'

/**
 * Before each test: an empty city office, every slot free, whatever the test before it did or how it failed. After it:
 * the history that the test has made tells where everything stands.
 */
export async function reset(): Promise<() => Promise<void>> {
  looks.forget()
  forgetWaiting()
  await restorePristine()
  const { rows } = await db.rawQuery<{ rows: { tables: string | null }[] }>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables where schemaname = 'queue' and tablename <> 'migration'`
  )
  if (rows[0].tables) await db.connection('owner').rawQuery(`truncate ${rows[0].tables}`)
  return async () => {
    await assertHistory()
    await assertWords()
  }
}
