import { connectorOf } from '#app/handover/connectors'
import Handover, { type HandoverState } from '#app/handover/handover'
import { occasionOf } from '#app/handover/acceptance/acceptance_check'
import { openReply } from '#app/replies/open_reply'
import { frozenVersion } from '#app/catalog/frozen_version'
import Submission, { type SubmissionState } from '#app/submissions/submission'
import { transition, type Transition } from '#app/core/transition'

/** Its end isn't known yet, or a person looks why there is none. */
const OPEN: HandoverState[] = ['pending', 'asked', 'waiting', 'canceling', 'failed']

/** The newest revision goes to the service's connector, once. */
export async function openHandover(id: string): Promise<void> {
  await transition(async (t) => {
    const submission = await lock(t, id, 'verified')
    if (!submission) return
    const version = await frozenVersion(submission.serviceVersionId, t.trx)
    const revision: { id: string } = await t.trx
      .from('revisions')
      .where('submission_id', id)
      .orderBy('number', 'desc')
      .select('id')
      .firstOrFail()
    const { connector } = version.description.handover
    const handover = await Handover.open(t, submission, revision.id, connector)
    t.wake({ type: 'handover', id: handover.id })
    await submission.handOver(t)
  })
}

/**
 * The digital service has answered: the resident is told by letter, or by a slip at the counter. While a call is
 * open, somebody waits for a free place, or papers are looked at, it waits.
 */
export async function openAnswer(id: string): Promise<void> {
  await transition(async (t) => {
    const submission = await lock(t, id, 'handing_over')
    if (!submission) return
    const handover = await Handover.query({ client: t.trx })
      .where('submissionId', id)
      .orderBy('createdAt', 'desc')
      .firstOrFail()
    if (OPEN.includes(handover.state)) return
    const version = await frozenVersion(submission.serviceVersionId, t.trx)
    const kind = connectorOf(version).replyOf(handover)
    // After a correction, or a wait, nobody stands at the counter any more: a letter goes.
    const corrected = await t.trx
      .from('revisions')
      .where({ id: handover.revisionId, cause: 'corrected' })
      .first()
    const waited = await t.trx.from('waiting_list').where('submission_id', id).first()
    const slip = submission.channel === 'counter' && kind === 'booked' && !corrected && !waited
    if (kind)
      await openReply(t, submission, version, {
        kind: slip ? 'slip' : kind,
        product: slip ? 'slip' : 'letter',
        revisionId: handover.revisionId,
        occasion: await occasionOf(handover.id, t.trx),
      })
    await submission.reply(t)
  })
}

/** Every answer is posted or handed over, or canceled for a reason: the submission is closed. */
export async function closeSubmission(id: string): Promise<void> {
  await transition(async (t) => {
    const submission = await lock(t, id, 'replying')
    if (!submission) return
    const open = await t.trx
      .from('replies')
      .join('reply_submissions', 'reply_submissions.reply_id', 'replies.id')
      .where('reply_submissions.submission_id', id)
      .whereNotIn('replies.state', ['posted', 'mailed', 'handed', 'canceled', 'stopped'])
      .first()
    if (!open) await submission.close(t)
  })
}

function lock(t: Transition, id: string, state: SubmissionState): Promise<Submission | null> {
  return Submission.query({ client: t.trx }).where({ id, state }).forUpdate().first()
}
