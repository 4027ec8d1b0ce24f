import db from '@adonisjs/lucid/services/db'
import drive from '@adonisjs/drive/services/main'
import { placeIn, SEALED_COLUMNS, SEALED_FILES } from '#app/center/backups/sealed_places'
import { residentRecords } from '#app/submissions/resident_records'

/** Something of a destroyed record that could still be opened, or lies there still. */
export interface Remainder {
  record: string
  id: string
  /** table and column, or what else remains */
  what: string
}

interface Way {
  /** joins from a row `r` of the table */
  join?: string
  /** SQL for the submission that the row is of */
  of: string
  /** it goes with the pictures already */
  onPaper?: true
}

/** Ways from a sealed table to the submissions that its rows are of; verify_disposals.spec.ts holds them against all sealed places. */
export const WAYS: Record<string, Way> = {
  submissions: { of: 'r.id' },
  revision_values: { join: 'join revisions v on v.id = r.revision_id', of: 'v.submission_id' },
  assignments: { join: 'join tasks t on t.id = r.task_id', of: 't.submission_id' },
  entries: { of: 'r.submission_id' },
  adjudications: { of: 'r.submission_id' },
  corrections: { of: 'r.submission_id' },
  acceptance_checks: { of: 'r.submission_id' },
  call_backs: { of: 'r.submission_id' },
  calls: {
    join: 'join visits w on w.call_id = r.id join submissions v on v.visit_id = w.id',
    of: 'v.id',
  },
  tickets: { join: 'join submissions v on v.visit_id = r.visit_id', of: 'v.id' },
  replies: { join: 'join reply_submissions v on v.reply_id = r.id', of: 'v.submission_id' },
  print_runs: {
    // A pulled sheet isn't in the run's PDF any more: it was made anew without it.
    join: `join sheets h on h.print_run_id = r.id and h.state <> 'pulled' join reply_submissions v on v.reply_id = h.reply_id`,
    of: 'v.submission_id',
  },
  exports: { join: 'join export_rows v on v.export_id = r.id', of: 'v.submission_id' },
  pages: { of: 'r.submission_id', onPaper: true },
  readings: { join: 'join pages p on p.id = r.page_id', of: 'p.submission_id', onPaper: true },
  snippets: { join: 'join pages p on p.id = r.page_id', of: 'p.submission_id', onPaper: true },
  scans: { join: 'join pages p on p.scan_id = r.id', of: 'p.submission_id', onPaper: true },
}

/** Sealed tables that hold nothing of a submission: others' records, people who work here, the machine. */
export const NOT_OF_SUBMISSIONS = [
  'register_people',
  'register_changes',
  'register_imports',
  'ledger_rows',
  'ledger_imports',
  'contact_stops',
  'refused_numbers',
  'relatives',
  'reply_wishes',
  'consultations',
  'lesson_places',
  'second_factors',
  'incidents',
  'operator_details',
  'mails',
  'mail_servers',
  'mail_inboxes',
  'batches',
  'pieces',
  'piece_answers',
  'piece_pictures',
  'answer_files',
  'mailings',
]

const BATCH = 200

/**
 * Looks for whatever of a destroyed record could still be opened: sealed values and files whose key lives, files that lie
 * there still, words to search by. It doesn't ask those who destroyed it.
 * @returns what was found, and how many records were looked at
 */
export async function verifyDisposals(): Promise<{ records: number; remainders: Remainder[] }> {
  const remainders: Remainder[] = []
  let records = 0
  let after = ['', '00000000-0000-0000-0000-000000000000']
  for (;;) {
    const { rows } = await db.rawQuery<{ rows: { record: string; id: string; extent: string }[] }>(
      `select record, record_id as id, max(case when extent = 'all' then 'all' else '' end) as extent
       from disposal_items where outcome = 'erased' and extent <> 'originals' and (record, record_id) > (:record, cast(:id as uuid))
       group by record, record_id order by record, record_id limit ${BATCH}`,
      { record: after[0], id: after[1] }
    )
    if (rows.length === 0) return { records, remainders }
    records += rows.length
    after = [rows.at(-1)!.record, rows.at(-1)!.id]
    const requests = rows.filter(({ record }) => record === 'submission')
    const whole = requests.filter(({ extent }) => extent === 'all').map(({ id }) => id)
    const all = requests.map(({ id }) => id)
    for (const column of SEALED_COLUMNS)
      remainders.push(...(await livingIn(column.name, column.key, all, whole)))
    for (const { name } of SEALED_FILES) {
      remainders.push(...(await livingIn(name, undefined, all, whole)))
      remainders.push(...(await lyingIn(name, all, whole)))
    }
    remainders.push(...(await findable(whole)))
    for (const { record, id } of rows)
      if (record !== 'submission' && (await residentRecords.get(record).remains(id)))
        remainders.push({ record, id, what: record })
  }
}

/** The rows of a sealed table that are of these submissions. */
function rowsOf(table: string, all: string[], whole: string[]) {
  const way = WAYS[table]
  if (!way) return null
  const ids = way.onPaper ? all : whole
  return { from: `from ${table} r ${way.join ?? ''}`, of: way.of, ids }
}

async function livingIn(
  name: string,
  key: string | undefined,
  all: string[],
  whole: string[]
): Promise<Remainder[]> {
  const { table, column } = placeIn(name)
  const rows = rowsOf(table, all, whole)
  if (!rows) return []
  const found = await db.rawQuery<{ rows: { id: string }[] }>(
    `select distinct ${rows.of} as id ${rows.from} join data_keys k on k.id = ${key ?? 'r.data_key_id'}
     where ${rows.of} = any(:ids) and r."${column}" is not null and k.wrapped is not null`,
    { ids: rows.ids }
  )
  return found.rows.map(({ id }) => ({ record: 'submission', id, what: name }))
}

async function lyingIn(name: string, all: string[], whole: string[]): Promise<Remainder[]> {
  const { table, column } = placeIn(name)
  const rows = rowsOf(table, all, whole)
  if (!rows) return []
  const files = await db.rawQuery<{ rows: { id: string; path: string }[] }>(
    `select distinct ${rows.of} as id, r."${column}" as path ${rows.from}
     where ${rows.of} = any(:ids) and r."${column}" is not null`,
    { ids: rows.ids }
  )
  const lying: Remainder[] = []
  for (const { id, path } of files.rows)
    if (await drive.use().exists(path))
      lying.push({ record: 'submission', id, what: `${name} (file)` })
  return lying
}

/** Words to search by, and tokens that tell that two requests are one person's. */
async function findable(whole: string[]): Promise<Remainder[]> {
  const { rows } = await db.rawQuery<{ rows: { id: string; what: string }[] }>(
    `select s.id, 'submissions.person' as what from submissions s
     where s.id = any(:ids) and (s.person is not null or s.state <> 'erased')
     union select t.submission_id, 'search_tokens' from search_tokens t where t.submission_id = any(:ids)`,
    { ids: whole }
  )
  return rows.map(({ id, what }) => ({ record: 'submission', id, what }))
}
