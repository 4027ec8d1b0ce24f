import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import type { Sealer } from '#app/core/sealing'

/** The values that one keyer gave for a group. Inserted once, never changed. */
export interface Entry {
  id: string
  groupKey: string
  round: number
  pass: number
  source: 'person' | 'machine' | 'read_back'
  userId: string | null
  values: Record<string, string>
}

interface EntryRow {
  id: string
  group_key: string
  round: number
  pass: number
  source: Entry['source']
  user_id: string | null
  values: Buffer
}

/** Names the place that an entry's values are bound to. */
export function entrySealContext(id: string): string {
  return `entries.values:${id}`
}

/** All entries of a submission's round that count, opened: what can still be taken back doesn't. */
export async function entriesOf(
  submissionId: string,
  round: number,
  sealer: Sealer,
  client: Queries = db
): Promise<Entry[]> {
  const rows: EntryRow[] = await client
    .from('entries')
    .where({ submission_id: submissionId, round })
    .whereNotExists((pending) =>
      pending
        .from('assignments')
        .whereColumn('assignments.id', 'entries.assignment_id')
        .whereRaw('assignments.final_at > now()')
    )
    .orderBy(['group_key', 'pass'])
  return rows.map((row) => ({
    id: row.id,
    groupKey: row.group_key,
    round: row.round,
    pass: row.pass,
    source: row.source,
    userId: row.user_id,
    values: sealer.openJson<Record<string, string>>(entrySealContext(row.id), row.values),
  }))
}
