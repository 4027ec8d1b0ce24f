import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import { searchTokensOf } from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'

const MAX_COUNTED = 50

/** Counts the requests with this number that a user may see: who calls, it doesn't tell. */
export async function requestsWith(user: User, number: string): Promise<number> {
  const found = await visibleTo(Submission.query(), user)
    .whereNotIn('state', ['erased', 'canceled'])
    .whereIn('id', (ids) =>
      ids
        .from('search_tokens')
        .whereIn('token', searchTokensOf({ kind: 'phone', text: number }))
        .select('submission_id')
    )
    .limit(MAX_COUNTED)
    .select('id')
  return found.length
}
