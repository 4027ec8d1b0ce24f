import { askWhoIsMeant } from '#app/registry/contact_questions'
import { contactOf } from '#app/registry/contact'
import type { PersonFacts } from '#app/submissions/search_tokens'
import type Submission from '#app/submissions/submission'
import type { Transition } from '#app/core/transition'

/**
 * Lets what a request says of its person stand from now on: who could be meant is asked, and what is a protected
 * person's is for named staff only.
 */
export async function confirmContact(
  t: Transition,
  submission: Submission,
  facts: PersonFacts
): Promise<void> {
  const contact = await contactOf(
    { submissionId: submission.id, clientId: submission.clientId, facts },
    t.trx
  )
  await askWhoIsMeant(t, submission, contact)
  await submission.merge({ protected: contact.isProtected }).save()
}
