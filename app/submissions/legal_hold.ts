import { LegalHoldSchema } from '#database/schema'
import type User from '#app/people/user'
import Submission from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'

/** Keeps a submission from being erased by anybody, for as long as it isn't lifted: it is disputed, or evidence. */
export default class LegalHold extends LegalHoldSchema {}

/** Whether one of these is under legal hold. Ask with the submission locked: then nobody begins to while it is erased. */
export async function isUnderLegalHold(t: Transition, submissionIds: string[]): Promise<boolean> {
  const held = await LegalHold.query({ client: t.trx })
    .whereIn('submissionId', submissionIds)
    .whereNull('liftedAt')
    .first()
  return held !== null
}

/** Holds a submission, with a reason. @returns false where it is held already, or erased */
export async function placeLegalHold(
  user: User,
  submissionId: string,
  reason: string
): Promise<boolean> {
  return transition(async (t) => {
    const submission = await Submission.query({ client: t.trx })
      .where('id', submissionId)
      .whereNot('state', 'erased')
      .forUpdate()
      .first()
    return submission !== null && addLegalHold(t, user, submission, reason)
  })
}

/** The same of a locked submission, within a transaction. */
export async function addLegalHold(
  t: Transition,
  user: User,
  submission: Submission,
  reason: string
): Promise<boolean> {
  const { id: submissionId, clientId } = submission
  if (submission.state === 'erased' || (await isUnderLegalHold(t, [submissionId]))) return false
  await LegalHold.create(
    { id: newId(), submissionId, clientId, reason, placedBy: user.id },
    { client: t.trx }
  )
  note(t, user, submission, 'held')
  return true
}

/** Forgets why an erased submission was held: it may say something of its person. */
export async function forgetHoldReasons(t: Transition, submissionId: string): Promise<void> {
  await t.trx.from('legal_holds').where('submission_id', submissionId).update({ reason: '' })
}

/** Lifts the hold. @returns false where there is none */
export async function liftLegalHold(user: User, submissionId: string): Promise<boolean> {
  return transition(async (t) => {
    const submission = await Submission.query({ client: t.trx })
      .where('id', submissionId)
      .forUpdate()
      .firstOrFail()
    const [lifted]: unknown[] = await t.trx
      .from('legal_holds')
      .where('submission_id', submissionId)
      .whereNull('lifted_at')
      .update({ lifted_by: user.id, lifted_at: t.trx.raw('now()') })
      .returning(['id'])
    if (lifted) note(t, user, submission, 'released')
    return lifted !== undefined
  })
}

function note(t: Transition, user: User, submission: Submission, what: 'held' | 'released'): void {
  t.recordOnly({
    verb: what === 'held' ? 'submission.hold_placed' : 'submission.hold_lifted',
    subject: { type: 'submission', id: submission.id },
    clientId: submission.clientId,
    submissionId: submission.id,
    actorId: user.id,
  })
}
