import Submission from '#app/submissions/submission'
import { submissionListeners } from '#app/submissions/submission_listener'
import { removeFile } from '#app/core/sealed_files'
import { destroyDataKeys } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/**
 * Erases a submission's personal data: its data key, and what each room keeps of it (its pages, every shared scan and
 * print run PDF that contains it, …), so that nothing of it can be opened again, back-ups of the files included. What
 * others own in a shared scan stays on their own pages. History and counts stay.
 * @returns false when there is no such submission, or it is erased already
 */
export async function eraseSubmission(receipt: string, actorId?: string): Promise<boolean> {
  const files = await transition(async (t) => {
    const submission = await Submission.query({ client: t.trx })
      .where({ receipt })
      .whereNot('state', 'erased')
      .forUpdate()
      .first()
    if (!submission) return null
    const keys = [submission.dataKeyId]
    const gone: string[] = []
    for (const listener of submissionListeners.all()) {
      const erased = await listener.erased?.(t, submission)
      keys.push(...(erased?.keys ?? []))
      gone.push(...(erased?.files ?? []))
    }
    await destroyDataKeys(t.trx, keys)
    await t.trx.from('search_tokens').where('submission_id', submission.id).delete()
    await submission.erase(t, actorId)
    return gone
  })
  for (const file of files ?? []) await removeFile(file)
  return files !== null
}
