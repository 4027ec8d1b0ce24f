import db from '@adonisjs/lucid/services/db'
import Batch from '#app/batches/batch'
import { doomFiles } from '#app/core/doomed_files'
import { NumberSetting } from '#app/core/number_setting'
import { destroyDataKeys } from '#app/core/sealing'
import { transition } from '#app/core/transition'

const AT_ONCE = 500

/** Days for which the contents of a batch are kept after it has ended. */
export const batchDays = new NumberSetting({
  name: 'batches.kept_days',
  section: 'kept',
  unit: 'days',
  fallback: 90,
  min: 1,
  max: 3650,
})

/**
 * Removes the contents of batches that ended long enough ago, a part at a time: keys are destroyed, files go. Numbers,
 * people and times stay: pay is reckoned by them.
 */
export async function removeOldBatches(): Promise<void> {
  const days = await batchDays.value()
  await cancelAbandoned(days)
  const over: { id: string; file: string | null; data_key_id: string }[] = await db
    .from('batches')
    .whereNull('contents_removed_at')
    .whereIn('state', ['accepted', 'canceled'])
    .whereRaw('coalesce(decided_at, created_at) < now() - make_interval(days => ?)', [days])
    .select('id', 'file', 'data_key_id')
  for (const batch of over) await removeContents(batch)
}

/** Ends batches that were never begun, and that nobody has handed anything into for as long. */
async function cancelAbandoned(days: number): Promise<void> {
  await transition(async (t) => {
    const abandoned = await Batch.query({ client: t.trx })
      .where('state', 'preparing')
      .whereRaw('touched_at < now() - make_interval(days => ?)', [days])
      .limit(AT_ONCE)
      .forUpdate()
    for (const batch of abandoned) await batch.cancel(t, null)
  })
}

async function removeContents(batch: {
  id: string
  file: string | null
  data_key_id: string
}): Promise<void> {
  for (;;) {
    const isDone = await transition(async (t) => {
      const pieces: { id: string; file: string | null; data_key_id: string }[] = await t.trx
        .from('pieces')
        .join('data_keys', 'data_keys.id', 'pieces.data_key_id')
        .where('pieces.batch_id', batch.id)
        .whereNull('data_keys.destroyed_at')
        .orderBy('pieces.number')
        .limit(AT_ONCE)
        .select('pieces.id', 'pieces.file', 'pieces.data_key_id')
      const ids = pieces.map(({ id }) => id)
      const pictures: { file: string }[] = await t.trx
        .from('piece_pictures')
        .whereIn('piece_id', ids)
        .select('file')
      const made: { file: string }[] = await t.trx
        .from('answer_files')
        .whereIn('piece_id', ids)
        .delete()
        .returning('file')
      await doomFiles(t, [
        ...made.map(({ file }) => file),
        ...pieces.flatMap(({ file }) => file ?? []),
        ...pictures.map(({ file }) => file),
        ...(batch.file ? [batch.file] : []),
      ])
      await t.trx.from('piece_answers').whereIn('piece_id', ids).update({ given: null })
      await t.trx.from('piece_pictures').whereIn('piece_id', ids).delete()
      await t.trx
        .from('pieces')
        .whereIn('id', ids)
        .update({ given: null, name: null, note: null, file: null, content_hash: null })
      await destroyDataKeys(t.trx, [
        ...pieces.map((piece) => piece.data_key_id),
        ...(pieces.length < AT_ONCE ? [batch.data_key_id] : []),
      ])
      const isLast = pieces.length < AT_ONCE
      await t.trx
        .from('batches')
        .where('id', batch.id)
        .update({
          file: null,
          ...(isLast ? { note: null, contents_removed_at: t.trx.raw('now()') } : {}),
        })
      return isLast
    })
    if (isDone) return
  }
}
