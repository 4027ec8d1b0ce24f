/** Everything that is sealed: columns, and files that columns name; each with the key that it is under. */

/** A column of sealed values. */
export interface SealedColumn {
  /** table and column */
  name: string
  /** SQL that finds the key of a row `r`; where nothing is said, its own data_key_id */
  key?: string
  /** SQL for the place that its values are bound to; where nothing is said, its name and the row's id */
  place?: string
}

const OF_SUBMISSION = '(select data_key_id from submissions s where s.id = r.submission_id)'
const OF_PAGE = '(select data_key_id from pages p where p.id = r.page_id)'

/** The sealed columns; sealed_places.spec.ts holds them against the schema. */
export const SEALED_COLUMNS: SealedColumn[] = [
  { name: 'scans.name', key: 'coalesce(r.name_key_id, r.data_key_id)' },
  { name: 'readings.value', key: OF_PAGE },
  { name: 'readings.candidates', key: OF_PAGE },
  { name: 'submissions.draft' },
  {
    name: 'revision_values.value',
    key: '(select s.data_key_id from submissions s join revisions v on v.submission_id = s.id where v.id = r.revision_id)',
    place: `'revision_values:' || r.revision_id || ':' || r.field_key`,
  },
  {
    name: 'assignments.draft',
    key: `(select coalesce(
      (select s.data_key_id from submissions s where s.id = t.submission_id),
      (select p.data_key_id from pages p where p.id = t.subject_id),
      (select p.data_key_id from pieces p where p.id = t.subject_id)) from tasks t where t.id = r.task_id)`,
  },
  { name: 'entries.values', key: OF_SUBMISSION },
  { name: 'adjudications.value', key: OF_SUBMISSION },
  { name: 'replies.inputs' },
  { name: 'replies.missing_glyphs' },
  { name: 'register_people.values' },
  {
    name: 'register_changes.values',
    key: '(select data_key_id from register_imports i where i.id = r.import_id)',
  },
  { name: 'register_imports.name' },
  { name: 'ledger_rows.values' },
  { name: 'ledger_imports.name' },
  { name: 'contact_stops.person' },
  { name: 'relatives.person' },
  { name: 'reply_wishes.wish' },
  { name: 'refused_numbers.phone' },
  { name: 'calls.number' },
  { name: 'call_backs.phone' },
  { name: 'tickets.name' },
  { name: 'consultations.notes' },
  { name: 'lesson_places.person' },
  { name: 'corrections.request', key: OF_SUBMISSION },
  { name: 'corrections.value', key: OF_SUBMISSION },
  { name: 'acceptance_checks.ledger_values', key: OF_SUBMISSION },
  { name: 'exports.lacking' },
  { name: 'pieces.given' },
  { name: 'pieces.name' },
  { name: 'pieces.note' },
  { name: 'batches.note' },
  { name: 'mailings.note' },
  { name: 'mailings.proofs' },
  {
    name: 'piece_answers.given',
    key: '(select p.data_key_id from pieces p where p.id = r.piece_id)',
  },
  { name: 'answer_files.name' },
  { name: 'second_factors.secret' },
  { name: 'mails.content' },
  { name: 'incidents.story' },
  { name: 'operator_details.contact', place: `'operator_details.contact:' || r.user_id` },
  { name: 'operator_details.account', place: `'operator_details.account:' || r.user_id` },
  { name: 'mail_servers.sealed_password' },
  { name: 'mail_inboxes.sealed_password' },
]

/** A column that names a sealed file; its row has the file's key. */
export interface SealedFileColumn {
  name: string
  /** sealed part by part (`writeSealedStream`) */
  inParts?: true
}

export const SEALED_FILES: SealedFileColumn[] = [
  { name: 'scans.file' },
  { name: 'pages.image' },
  { name: 'pages.registered_image' },
  { name: 'snippets.file' },
  { name: 'replies.file' },
  { name: 'print_runs.file' },
  { name: 'register_imports.file' },
  { name: 'ledger_imports.file' },
  { name: 'exports.file', inParts: true },
  { name: 'batches.file' },
  { name: 'pieces.file' },
  { name: 'piece_pictures.file' },
  { name: 'answer_files.file' },
  { name: 'mailings.file' },
]

/** Divides the name of a column. */
export function placeIn(name: string): { table: string; column: string } {
  const [table, column] = name.split('.')
  return { table, column }
}
