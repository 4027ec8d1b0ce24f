import { appendFile, mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { markErasedPages } from '#app/intake/erase_pages'
import { residentRecords } from '#app/submissions/resident_records'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { markJournaled, unjournaledKeys } from '#app/core/destroyed_keys'
import { destroyDataKeys } from '#app/core/sealing'
import { backupPath } from '#app/center/backups/make_backups'

/** The journal of destroyed keys: beside the back-ups, because no back-up can know what came after it. */
export const JOURNAL = 'destroyed.jsonl'

const BATCH = 5000

/** Writes keys that were destroyed into the journal, outside of the database. Run by the workers. */
export async function writeJournal(): Promise<void> {
  const keys = await unjournaledKeys(BATCH)
  if (keys.length === 0) return
  const path = join(backupPath(), JOURNAL)
  await mkdir(backupPath(), { recursive: true, mode: 0o700 })
  // One who dies here writes them once more: twice is as good as once.
  await appendFile(
    path,
    keys.map(({ id, at }) => `${JSON.stringify({ key: id, at: at.toISOString() })}\n`).join('')
  )
  const file = await open(path)
  await file.sync()
  await file.close()
  await markJournaled(keys.map(({ id }) => id))
}

/**
 * Destroys in a database that was brought back what has been destroyed since: submissions are erased as they were, keys
 * of other things destroyed.
 * @returns how many keys lived again
 */
export async function replayJournal(path: string): Promise<number> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const ids = text
    .split('\n')
    // The last line may have been cut off with the machine.
    .flatMap((line) => /^\{"key":"([0-9a-f-]{36})"/.exec(line)?.[1] ?? [])
  let replayed = 0
  for (let at = 0; at < ids.length; at += BATCH) {
    const part = ids.slice(at, at + BATCH)
    const living: { id: string }[] = await db
      .from('data_keys')
      .whereIn('id', part)
      .whereNull('destroyed_at')
      .select('id')
    const keys = living.map(({ id }) => id)
    const erased: { receipt: string }[] = await db
      .from('submissions')
      .whereIn('data_key_id', keys)
      .select('receipt')
    for (const { receipt } of erased) await eraseSubmission(receipt, { despiteHold: true })
    for (const kind of residentRecords.all())
      for (const id of await kind.under(keys)) await kind.erase(id, {})
    await destroyDataKeys(db, keys)
    await markErasedPages(keys)
    replayed += keys.length
  }
  return replayed
}
