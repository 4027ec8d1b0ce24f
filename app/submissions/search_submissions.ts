import { visibleTo } from '#app/identity/client_scope'
import type User from '#app/identity/user'
import Submission from '#app/submissions/submission'
import { tokensFor } from '#app/submissions/search_tokens'

const MOST_FOUND = 50

/** Finds submissions by receipt number, name in kana, or phone (whole or last four digits). */
export async function searchSubmissions(user: User, typed: string): Promise<Submission[]> {
  const receipt = typed
    .normalize('NFKC')
    .replace(/[‐−–—ー]/g, '-')
    .replace(/\s/g, '')
  const wanted = tokensFor(typed)
  return visibleTo(Submission.query(), user)
    .where((query) => {
      query.where('receipt', receipt)
      for (const { kind, tokens } of wanted) {
        query.orWhereIn(
          'id',
          (tokenQuery) =>
            void tokenQuery
              .from('search_tokens')
              .where('kind', kind)
              .whereIn('token', tokens)
              .select('submission_id')
        )
      }
    })
    .orderBy('createdAt', 'desc')
    .limit(MOST_FOUND)
}
