import { openAllSlots } from '#app/bookings/open_slots'
import db from '@adonisjs/lucid/services/db'

/** What a test may have changed; people, services, calendars and slots stay. */
const TABLES = [
  'acceptance_checks',
  'ledger_rows',
  'events',
  'corrections',
  'export_layouts',
  'work_orders',
  'lesson_places',
  'consultations',
  'call_attempts',
  'call_backs',
  'tickets',
  'visits',
  'calls',
  'register_changes',
  'register_imports',
  'register_tokens',
  'register_people',
  'waiting_list',
  'coupons',
  'closures',
  'sheets',
  'print_runs',
  'reply_submissions',
  'replies',
  'bookings',
  'handovers',
  'adjudication_entries',
  'adjudications',
  'entries',
  'exposures',
  'activity_spans',
  'assignments',
  'tasks',
  'reading_results',
  'readings',
  'pages',
  'scans',
  'revision_values',
  'revisions',
  'search_tokens',
  'submissions',
  'envelopes',
  'data_keys',
  'rate_limits',
  'sessions',
]

/** What PostgreSQL says when two wait for each other, and one of them is sent away. */
const DEADLOCK = '40P01'

/** Before each test: an empty city office, every slot free. */
export async function reset(): Promise<void> {
  await empty()
  await db.from('slots').update({ taken: 0, closed_at: null })
  await db.from('legs').update({ taken: 0 })
  await db.from('quotas').delete()
  await db.from('lessons').update({ taken: 0 })
  await openAllSlots()
  const { rows } = await db.rawQuery<{ rows: { tables: string | null }[] }>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables where schemaname = 'queue' and tablename <> 'migration'`
  )
  if (rows[0].tables) await db.rawQuery(`truncate ${rows[0].tables}`)
}

/** Work of the test before may still hold rows (a page's last request, a worker's last step): then once more. */
async function empty(attempts = 5): Promise<void> {
  try {
    await db.rawQuery(`truncate ${TABLES.join(', ')} cascade`)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== DEADLOCK || attempts === 1) throw error
    await empty(attempts - 1)
  }
}
