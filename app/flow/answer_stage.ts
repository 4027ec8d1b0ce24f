import { move } from '#app/flow/keying_stage'
import Handover from '#app/handover/handover'
import Reply from '#app/replies/reply'
import ServiceVersion from '#app/catalog/service_version'
import Submission, { type SubmissionState } from '#app/submissions/submission'
import { newId } from '#app/shared/ids'
import { transition, type Transition } from '#app/shared/transition'

/** Which letter answers which end of a handover. */
const LETTER_FOR = {
  done: 'booked',
  already: 'already',
  full: 'full',
  declined: 'declined',
  unclear: 'unclear',
} as const

/** The newest revision goes to the service's connector, once. */
export async function openHandover(id: string): Promise<void> {
  await transition(async (t) => {
    const submission = await lock(t, id, 'verified')
    if (!submission) return
    const version = await ServiceVersion.query({ client: t.trx })
      .where('id', submission.serviceVersionId)
      .firstOrFail()
    const revision: { id: string } = await t.trx
      .from('revisions')
      .where('submission_id', id)
      .orderBy('number', 'desc')
      .select('id')
      .firstOrFail()
    const connector = version.description.handover.connector
    const handover = await Handover.firstOrCreate(
      { revisionId: revision.id, connector },
      {
        id: newId(),
        submissionId: id,
        clientId: submission.clientId,
        idempotencyKey: `${connector}:${revision.id}`,
      },
      { client: t.trx }
    )
    t.wake({ type: 'handover', id: handover.id })
    await move(t, submission, 'handing_over')
  })
}

/** The digital service has answered: the resident is told by letter. While a call is open it waits. */
export async function openReply(id: string): Promise<void> {
  await transition(async (t) => {
    const submission = await lock(t, id, 'handing_over')
    if (!submission) return
    const handover = await Handover.query({ client: t.trx })
      .where('submissionId', id)
      .orderBy('createdAt', 'desc')
      .firstOrFail()
    if (handover.state === 'pending' || handover.state === 'asked') return
    const version = await ServiceVersion.query({ client: t.trx })
      .where('id', submission.serviceVersionId)
      .firstOrFail()
    const reply = await Reply.firstOrCreate(
      { revisionId: handover.revisionId, kind: LETTER_FOR[handover.state] },
      {
        id: newId(),
        clientId: submission.clientId,
        dataKeyId: submission.dataKeyId,
        templateVersion: version.description.replies.version,
        state: 'drafted',
      },
      { client: t.trx }
    )
    await reply.related('submissions').sync([id], false)
    t.wake({ type: 'reply', id: reply.id })
    await move(t, submission, 'replying')
  })
}

/** Every answer is posted, or canceled for a reason: the submission is closed. */
export async function closeSubmission(id: string): Promise<void> {
  await transition(async (t) => {
    const submission = await lock(t, id, 'replying')
    if (!submission) return
    const open = await t.trx
      .from('replies')
      .join('reply_submissions', 'reply_submissions.reply_id', 'replies.id')
      .where('reply_submissions.submission_id', id)
      .whereNotIn('replies.state', ['posted', 'canceled'])
      .first()
    if (!open) await move(t, submission, 'closed')
  })
}

function lock(t: Transition, id: string, state: SubmissionState): Promise<Submission | null> {
  return Submission.query({ client: t.trx }).where({ id, state }).forUpdate().first()
}
