import { isUnderLegalHold } from '#app/submissions/legal_hold'
import Submission from '#app/submissions/submission'
import { submissionListeners, type Erased } from '#app/submissions/submission_listener'
import { removeFile } from '#app/core/sealed_files'
import { destroyDataKeys } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

/** Outcome of a wish to erase: `held` is kept by somebody's hold, `gone` was erased before or never was. */
export type Erasing =
  { outcome: 'erased'; keys: number; files: number } | { outcome: 'held' | 'gone' }

/**
 * Erases a submission's personal data: its data key, and what each room keeps of it (its pages, every shared scan and
 * print run PDF that contains it, …), so that nothing of it can be opened again, back-ups of the files included. What
 * others own in a shared scan stays on their own pages. History and counts stay. What is held isn't erased, but for
 * what was erased already in another copy of the database.
 */
export async function eraseSubmission(
  receipt: string,
  by: { actorId?: string; despiteHold?: true } = {}
): Promise<Erasing> {
  return erase(receipt, 'erased', by, async (t, submission, gone) => {
    await destroyDataKeys(t.trx, [submission.dataKeyId])
    await t.trx.from('search_tokens').where('submission_id', submission.id).delete()
    await submission.erase(t, by.actorId)
    return { keys: [submission.dataKeyId, ...gone.keys], files: gone.files }
  })
}

/** Erases the pictures of a submission's paper, and what was read on them; what was agreed on stays. */
export async function erasePictures(
  receipt: string,
  by: { actorId?: string } = {}
): Promise<Erasing> {
  return erase(receipt, 'picturesErased', by, async (t, submission, gone) => {
    t.recordOnly({
      verb: 'submission.pictures_erased',
      subject: { type: 'submission', id: submission.id },
      clientId: submission.clientId,
      submissionId: submission.id,
      actorId: by.actorId,
    })
    return gone
  })
}

async function erase(
  receipt: string,
  extent: 'erased' | 'picturesErased',
  by: { actorId?: string; despiteHold?: true },
  finish: (t: Transition, submission: Submission, gone: Erased) => Promise<Erased>
): Promise<Erasing> {
  const done = await transition(async (t): Promise<Erased | 'held' | 'gone'> => {
    const submission = await Submission.query({ client: t.trx })
      .where({ receipt })
      .whereNot('state', 'erased')
      .forUpdate()
      .first()
    if (!submission) return 'gone'
    if (!by.despiteHold && (await isUnderLegalHold(t, submission.id))) return 'held'
    const gone: Erased = { keys: [], files: [] }
    for (const listener of submissionListeners.all()) {
      const erased = await listener[extent]?.(t, submission)
      gone.keys.push(...(erased?.keys ?? []))
      gone.files.push(...(erased?.files ?? []))
    }
    await destroyDataKeys(t.trx, gone.keys)
    return finish(t, submission, gone)
  })
  if (typeof done === 'string') return { outcome: done }
  for (const file of done.files) await removeFile(file)
  return { outcome: 'erased', keys: new Set(done.keys).size, files: new Set(done.files).size }
}
