import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import { spokenReceipt } from '#app/submissions/receipt_number'
import Submission from '#app/submissions/submission'
import { meaningsOf } from '#app/submissions/terms_to_find'
import { transition } from '#app/core/transition'

const MAX_FOUND = 50

/**
 * Finds submissions as people speak of them: by receipt number, by a name or part of one (in kana, kanji or Latin
 * letters, however it is spelled), by phone (whole or last four digits), voucher number or birth date. That somebody has
 * searched is kept; for what, isn't.
 */
export async function searchSubmissions(user: User, typed: string): Promise<Submission[]> {
  const said = spokenReceipt(typed)
  const meanings = meaningsOf(typed)
  const found =
    said === null && meanings.length === 0
      ? []
      : await visibleTo(Submission.query(), user)
          .whereNot('state', 'erased')
          .where((query) => {
            if (said && 'receipt' in said) query.orWhere('receipt', said.receipt)
            else if (said) query.orWhereRaw(`split_part(receipt, '-', 2) = ?`, [said.number])
            for (const words of meanings)
              query.orWhere((all) => {
                for (const tokens of words)
                  all.whereIn('id', (one) =>
                    one.from('search_tokens').whereIn('token', tokens).select('submission_id')
                  )
              })
          })
          .orderBy('createdAt', 'desc')
          .limit(MAX_FOUND)
  await transition(async (t) => {
    t.recordOnly({
      verb: 'submissions.searched',
      subject: { type: 'user', id: user.id },
      clientId: user.organizationId,
      actorId: user.id,
      detail: { found: found.length },
    })
  })
  return found
}
