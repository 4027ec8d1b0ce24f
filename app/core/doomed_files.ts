import db from '@adonisjs/lucid/services/db'
import { removeFile } from '#app/core/sealed_files'
import type { Transition } from '#app/core/transition'

const BATCH = 500

/** Notes files that go with what is erased in this transaction: whatever becomes of the machine, they are removed. */
export async function doomFiles(t: Transition, paths: string[]): Promise<void> {
  const files = [...new Set(paths)]
  if (files.length > 0)
    await t.trx
      .table('doomed_files')
      .insert(files.map((path) => ({ path })))
      .onConflict('path')
      .ignore()
}

/** Removes files that were doomed; those that can't be removed now stay on the list. Run by the workers, and at once. */
export async function removeDoomedFiles(only?: string[]): Promise<void> {
  const rows: { path: string }[] = await db
    .from('doomed_files')
    .if(only, (query) => query.whereIn('path', only!))
    .orderBy('at')
    .limit(BATCH)
    .select('path')
  let fault: unknown
  for (const { path } of rows)
    try {
      await removeFile(path)
      await db.from('doomed_files').where('path', path).delete()
    } catch (error) {
      fault ??= error
    }
  if (fault) throw fault
}
