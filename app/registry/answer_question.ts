import type User from '#app/people/user'
import { applyContacts } from '#app/registry/apply_stop'
import { keepAnswer } from '#app/registry/contact_questions'
import { contactsOfSubmissions } from '#app/registry/contacts_of_submissions'
import Submission from '#app/submissions/submission'
import { CALL_RANKS, submissionListeners } from '#app/submissions/submission_listener'
import { transition, type Transition } from '#app/core/transition'

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
      if (answer === 'yes' && !isOver && !(await refusesCalls(t, submission)))
        await callAfterAll(t, submission)
      return true
    }
    const contacts = await contactsOfSubmissions([submission.id], t.trx)
    await applyContacts(t, [submission], contacts, user.id)
    for (const listener of submissionListeners.all())
      await listener.addressed?.(t, submission, user.id)
    return true
  })
}

/** Their own word at this number goes before the client's. */
async function refusesCalls(t: Transition, { id }: Submission): Promise<boolean> {
  return (await contactsOfSubmissions([id], t.trx)).get(id)?.refusesCalls ?? false
}

/** The client says that they may be called: the most urgent call that wasn't made is made. */
async function callAfterAll(t: Transition, submission: Submission): Promise<void> {
  for (const rank of CALL_RANKS)
    for (const { callable } of submissionListeners.all())
      if (callable?.rank === rank && (await callable.call(t, submission))) return
}
