import { appendFile, copyFile, mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { markErasedPages } from '#app/intake/erase_pages'
import { residentRecords } from '#app/submissions/resident_records'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { markJournaled, unjournaledKeys } from '#app/core/destroyed_keys'
import { nameOfError } from '#app/core/name_of_error'
import { destroyDataKeys } from '#app/core/sealing'
import logger from '@adonisjs/core/services/logger'
import Backup from '#app/center/backups/backup'
import { backupPath } from '#app/center/backups/backup_path'

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
  await copyJournal()
}

/** Lays the journal beside back-ups elsewhere too: where one is carried away, what was destroyed goes with it. */
export async function copyJournal(): Promise<void> {
  const path = join(backupPath(), JOURNAL)
  await mkdir(backupPath(), { recursive: true, mode: 0o700 })
  // There is always one: where there is none, it was lost.
  await appendFile(path, '')
  const backups = await Backup.query().where('state', 'done').whereNotNull('folder')
  const elsewhere = new Set(backups.map(({ folder }) => dirname(folder!)))
  elsewhere.delete(backupPath())
  for (const folder of elsewhere)
    await copyFile(path, join(folder, JOURNAL)).catch((error: unknown) =>
      // A disk that is out of the house gets it when it is back.
      logger.warn(
        { error: nameOfError(error) },
        'the journal of destroyed keys can’t be laid there'
      )
    )
}

/**
 * Destroys in a database that was brought back what has been destroyed since: submissions are erased as they were, keys
 * of other things destroyed.
 * @param path of the journal; null where somebody says that nothing was destroyed
 * @returns how many keys lived again
 */
export async function replayJournal(path: string | null): Promise<number> {
  const text = path === null ? '' : await readFile(path, 'utf8')
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
