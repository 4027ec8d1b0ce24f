import { doomFiles } from '#app/core/doomed_files'
import { destroyDataKeys } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

const AT_ONCE = 500

/**
 * Removes what the letters of a mailing say, a part at a time, and with the last of them the PDFs of its print runs: keys
 * are destroyed, files go. States, numbers and days stay.
 * @returns whether that was all
 */
export async function removeLetters(t: Transition, mailingId: string): Promise<boolean> {
  const letters: { id: string; data_key_id: string }[] = await t.trx
    .from('replies')
    .where('mailing_id', mailingId)
    .whereNotNull('inputs')
    .limit(AT_ONCE)
    .select('id', 'data_key_id')
  await t.trx
    .from('replies')
    .whereIn(
      'id',
      letters.map(({ id }) => id)
    )
    .update({ inputs: null })
  await destroyDataKeys(
    t.trx,
    letters.map((letter) => letter.data_key_id)
  )
  if (letters.length === AT_ONCE) return false
  const runs: { file: string | null; data_key_id: string }[] = await t.trx
    .from('print_runs')
    .where('mailing_id', mailingId)
    .select('file', 'data_key_id')
  await doomFiles(
    t,
    runs.flatMap(({ file }) => file ?? [])
  )
  await t.trx.from('print_runs').where('mailing_id', mailingId).update({ file: null })
  await destroyDataKeys(
    t.trx,
    runs.map((run) => run.data_key_id)
  )
  return true
}
