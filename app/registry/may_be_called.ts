import { askWhetherToCall } from '#app/registry/contact_questions'
import { contactsOfSubmissions } from '#app/registry/contacts_of_submissions'
import type Submission from '#app/submissions/submission'
import type { Transition } from '#app/core/transition'

/**
 * Whether somebody may be called about a request. Where nothing is sent to them, only as the kind of stop allows it, or
 * as the client has said; where nobody has said it yet, the client is asked. Of the dead it isn't even asked.
 */
export async function mayBeCalled(
  t: Transition,
  submission: Pick<Submission, 'id' | 'clientId'>
): Promise<boolean> {
  const contact = (await contactsOfSubmissions([submission.id], t.trx)).get(submission.id)
  // A letter goes instead.
  if (contact?.refusesCalls) return false
  if (!contact?.stop || contact.calls === 'yes') return true
  const said: { answer: string | null } | null = await t.trx
    .from('contact_questions')
    .where({ submission_id: submission.id, kind: 'may_call' })
    .select('answer')
    .first()
  if (said?.answer === 'yes') return true
  if (contact.stop !== 'deceased') await askWhetherToCall(t, submission, contact.stop)
  return false
}
