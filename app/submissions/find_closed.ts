import type User from '#app/people/user'
import Submission from '#app/submissions/submission'
import { spokenReceipt } from '#app/submissions/receipt_number'

/** Finds a protected person's request by its receipt number, however it is typed; null where there is none that is closed. */
export async function findClosed(user: User, typed: string): Promise<Submission | null> {
  const spoken = spokenReceipt(typed)
  if (!spoken || !('receipt' in spoken)) return null
  return Submission.query()
    .where('receipt', spoken.receipt)
    .where('protected', true)
    .if(!user.worksForCenter, (query) => query.where('clientId', user.organizationId))
    .whereNot('state', 'erased')
    .first()
}
