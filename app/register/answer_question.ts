import Reply from '#app/replies/reply'
import { addCallBack, reopenCallBack } from '#app/calls/call_backs'
import { askToCall } from '#app/calls/ask_to_call'
import type User from '#app/identity/user'
import { applyContacts } from '#app/register/apply_stop'
import { keepAnswer } from '#app/register/contact_questions'
import { contactsOfSubmissions } from '#app/register/contacts_of_submissions'
import Submission from '#app/submissions/submission'
import { transition, type Transition } from '#app/shared/transition'

/**
 * Somebody says whether a request is of the person who could be meant, or whether somebody may be called. Letters that
 * waited for it are composed, or stopped, by what holds now.
 */
export async function answerQuestion(
  user: User,
  id: string,
  answer: 'yes' | 'no'
): Promise<boolean> {
  return transition(async (t) => {
    const question = await keepAnswer(t, user, id, answer)
    if (!question) return false
    const submission = await Submission.query({ client: t.trx })
      .where('id', question.submission_id)
      .forUpdate()
      .firstOrFail()
    if (question.kind === 'may_call') {
      const isOver = ['erased', 'canceled'].includes(submission.state)
      if (answer === 'yes' && !isOver) await callAfterAll(t, submission)
      return true
    }
    const contacts = await contactsOfSubmissions([submission.id], t.trx)
    await applyContacts(t, [submission], contacts, user.id)
    const waiting: { id: string }[] = await t.trx
      .from('replies')
      .whereIn(
        'id',
        t.trx.from('reply_submissions').where('submission_id', submission.id).select('reply_id')
      )
      .whereIn('state', ['held', 'ready'])
      // A letter that waits for its address is another matter: it has its task.
      .where((query) => query.where('state', 'ready').orWhereNull('missing_glyphs'))
      .select('id')
    await Reply.redraft(
      t,
      waiting.map((reply) => reply.id),
      { actorId: user.id }
    )
    return true
  })
}

/** A time is held for somebody of whom the client says that they may be called: now they are. */
async function callAfterAll(t: Transition, submission: Submission): Promise<void> {
  const held: { id: string; replaces_id: string | null } | null = await t.trx
    .from('bookings')
    .where({ submission_id: submission.id, state: 'held' })
    .whereNotNull('handover_id')
    .select('id', 'replaces_id')
    .first()
  if (!held) return reopenCalls(t, submission)
  await addCallBack(t, {
    reason: held.replaces_id ? 'closure' : 'offer',
    clientId: submission.clientId,
    submissionId: submission.id,
    bookingId: held.id,
    linkageId: submission.linkageId,
  })
}

/** Where what was wished wasn't free, or a call was on the list before: it is made after all. */
async function reopenCalls(t: Transition, submission: Submission): Promise<void> {
  const [full] = await t.trx
    .from('handovers')
    .where({ submission_id: submission.id, state: 'full' })
    .update({ state: 'asked' })
    .returning(['id'])
  if (full) {
    await askToCall(t, submission)
    if (submission.state !== 'handing_over') await submission.handOver(t)
    t.wake({ type: 'submission', id: submission.id })
    return
  }
  await reopenCallBack(t, submission.id)
}
