import { forgetReasons } from '#app/people/glass/break_glass'
import { forgetHoldReasons, isUnderLegalHold } from '#app/submissions/legal_hold'
import Submission from '#app/submissions/submission'
import { submissionListeners, type Erased } from '#app/submissions/submission_listener'
import { doomFiles, removeDoomedFiles } from '#app/core/doomed_files'
import { destroyDataKeys } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

/**
 * Outcome of a wish to erase: `held`: it, or something that it shares with another, is under legal hold; `open`: it was
 * opened again, or ended anew; `gone`: it was erased before, or never was.
 */
export type Erasing =
  { outcome: 'erased'; keys: number; files: number } | { outcome: 'held' | 'open' | 'gone' }

export interface ErasingOptions {
  actorId?: string
  /** it was erased already in the database of which this one is a copy */
  despiteHold?: true
  /** only what ended before this moment, and has stayed so */
  endedBefore?: Date
  /** what is written down of it, in the same transaction */
  within?: (t: Transition, erasing: Erasing) => Promise<void>
}

/**
 * Erases a submission's personal data: its data key, and what each room keeps of it (its pages, every shared scan and
 * print run PDF that contains it, …), so that nothing of it can be opened again, back-ups of the files included. What
 * others own in a shared scan stays on their own pages. History and counts stay.
 */
export async function eraseSubmission(
  receipt: string,
  options: ErasingOptions = {}
): Promise<Erasing> {
  return erase(receipt, 'erased', options, async (t, submission, gone) => {
    await destroyDataKeys(t.trx, [submission.dataKeyId])
    await t.trx.from('search_tokens').where('submission_id', submission.id).delete()
    await forgetReasons(t, submission.id)
    await forgetHoldReasons(t, submission.id)
    await submission.erase(t, options.actorId)
    return { keys: [submission.dataKeyId, ...gone.keys], files: gone.files }
  })
}

/** Erases the pictures of a submission's paper, and what was read on them; what was agreed on stays. */
export async function erasePictures(
  receipt: string,
  options: ErasingOptions = {}
): Promise<Erasing> {
  return erase(receipt, 'picturesErased', options, noted('submission.pictures_erased', options))
}

/** Lets the paper of a submission go; everything that is kept of it here stays. */
export async function releaseOriginals(
  receipt: string,
  options: ErasingOptions = {}
): Promise<Erasing> {
  return erase(receipt, null, options, noted('submission.originals_released', options))
}

type Finish = (t: Transition, submission: Submission, gone: Erased) => Promise<Erased>

/** The submission stays; that something of it went is kept as an event. */
function noted(verb: string, { actorId }: ErasingOptions): Finish {
  return async (t, submission, gone) => {
    t.recordOnly({
      verb,
      subject: { type: 'submission', id: submission.id },
      clientId: submission.clientId,
      submissionId: submission.id,
      actorId,
    })
    return gone
  }
}

/** The part that the rooms are told of; null: nothing of theirs goes. */
type Extent = 'erased' | 'picturesErased' | null

async function erase(
  receipt: string,
  extent: Extent,
  options: ErasingOptions,
  finish: Finish
): Promise<Erasing> {
  let files: string[] = []
  const erasing = await transition(async (t): Promise<Erasing> => {
    const submission = await Submission.query({ client: t.trx })
      .where({ receipt })
      .whereNot('state', 'erased')
      .forUpdate()
      .first()
    const reason = await reasonToStay(t, submission, extent, options)
    if (reason || !submission) {
      const stays: Erasing = { outcome: reason ?? 'gone' }
      await options.within?.(t, stays)
      return stays
    }
    const gone: Erased = { keys: [], files: [] }
    for (const listener of extent ? submissionListeners.all() : []) {
      const erased = await listener[extent!]?.(t, submission)
      gone.keys.push(...(erased?.keys ?? []))
      gone.files.push(...(erased?.files ?? []))
    }
    await destroyDataKeys(t.trx, gone.keys)
    const all = await finish(t, submission, gone)
    await doomFiles(t, all.files)
    files = all.files
    const done: Erasing = {
      outcome: 'erased',
      keys: new Set(all.keys).size,
      files: new Set(all.files).size,
    }
    await options.within?.(t, done)
    return done
  })
  // A file store that is away is no reason to do it all again: what is doomed is removed when it is back.
  if (files.length > 0) await removeDoomedFiles(files)
  return erasing
}

async function reasonToStay(
  t: Transition,
  submission: Submission | null,
  extent: Extent,
  { despiteHold, endedBefore }: ErasingOptions
): Promise<'held' | 'open' | 'gone' | null> {
  if (!submission) return 'gone'
  const { endedAt } = submission
  if (endedBefore && (!endedAt || endedAt.toJSDate() > endedBefore)) return 'open'
  if (despiteHold) return null
  const ids = [submission.id]
  // Paper lies with what came in the same envelope.
  if (!extent && submission.envelopeId)
    ids.push(
      ...(
        await Submission.query({ client: t.trx }).where({ envelopeId: submission.envelopeId })
      ).map(({ id }) => id)
    )
  for (const listener of submissionListeners.all())
    ids.push(...((await listener.sharing?.(t, submission)) ?? []))
  return (await isUnderLegalHold(t, ids)) ? 'held' : null
}
