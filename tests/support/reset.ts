import db from '@adonisjs/lucid/services/db'

/** What a test may have changed; people, services, calendars and slots stay. */
const TABLES = [
  'events',
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

/** Before each test: an empty city office, every slot free. */
export async function reset(): Promise<void> {
  await db.rawQuery(`truncate ${TABLES.join(', ')} cascade`)
  await db.from('slots').update({ taken: 0, closed_at: null })
  const { rows } = await db.rawQuery<{ rows: { tables: string | null }[] }>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables where schemaname = 'queue' and tablename <> 'migration'`
  )
  if (rows[0].tables) await db.rawQuery(`truncate ${rows[0].tables}`)
}
