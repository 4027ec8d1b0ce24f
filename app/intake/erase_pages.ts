import db from '@adonisjs/lucid/services/db'
import { keysAndFiles, type SealedRow } from '#app/core/sealed_rows'
import type { Transition } from '#app/core/transition'
import type { Erased } from '#app/submissions/submission_listener'

/** Marks the pages of a submission as erased, and lists their keys and files and those of the scans they came in. */
export async function erasePages(t: Transition, submissionId: string): Promise<Erased> {
  const { rows }: { rows: SealedRow[] } = await t.trx.rawQuery(
    `select p.data_key_id, p.image as file from pages p where p.submission_id = :id
     union all select p.data_key_id, p.registered_image from pages p where p.submission_id = :id
     union all select n.data_key_id, n.file from snippets n join pages p on p.id = n.page_id where p.submission_id = :id
     union all select s.name_key_id, null from scans s join pages p on p.scan_id = s.id where p.submission_id = :id
     union all select s.data_key_id, s.file from scans s join pages p on p.scan_id = s.id where p.submission_id = :id`,
    { id: submissionId }
  )
  await t.trx
    .from('pages')
    .where('submission_id', submissionId)
    .whereNull('erased_at')
    .update({ erased_at: t.trx.raw('now()') })
  return keysAndFiles(rows)
}

/** Marks pages as erased whose keys were destroyed elsewhere: in the database that this one is a copy of. */
export async function markErasedPages(keys: string[]): Promise<void> {
  await db
    .from('pages')
    .whereIn('data_key_id', keys)
    .whereNull('erased_at')
    .update({ erased_at: db.raw('now()') })
}
