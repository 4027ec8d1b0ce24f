import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { searchTokensOf, tellingTerms, type PersonFacts } from '#app/submissions/search_tokens'

/**
 * Marks everything that a protected person has asked for: from then on named staff only see it. Told by the number, or
 * by kana with birth date; a mark is taken away by `unmarkProtected` alone.
 */
export async function markProtected(
  trx: TransactionClientContract,
  clientId: string,
  facts: PersonFacts
): Promise<void> {
  const tokens = tellingTerms(facts).flatMap(searchTokensOf)
  if (tokens.length === 0) return
  await ofPerson(trx, clientId, tokens).update({ protected: true })
}

/** The protection has been ended by somebody. */
export async function unmarkProtected(
  trx: TransactionClientContract,
  clientId: string,
  facts: PersonFacts
): Promise<void> {
  const tokens = tellingTerms(facts).flatMap(searchTokensOf)
  if (tokens.length === 0) return
  await ofPerson(trx, clientId, tokens).update({ protected: false })
}

function ofPerson(trx: TransactionClientContract, clientId: string, tokens: string[]) {
  return trx
    .from('submissions')
    .where('client_id', clientId)
    .whereIn(
      'id',
      trx
        .from('search_tokens')
        .whereIn('token', tokens)
        .whereIn('kind', ['number', 'kana_birth'])
        .select('submission_id')
    )
}
