import type { Resident } from '#app/submissions/resident_records'
import { searchTokensOf, tellingTerms } from '#app/submissions/search_tokens'

/** Lists the tokens of kana with birth date: they tell who it is, whatever the service. */
export function tellingTokens({ facts }: Resident): string[] {
  const telling = facts.flatMap(tellingTerms).filter(({ kind }) => kind === 'kana_birth')
  return [...new Set(telling.flatMap(searchTokensOf))]
}

/** Lists the tokens of numbers; of stops and relatives nothing says of which service a number is. */
export function numberTokens({ facts }: Resident): string[] {
  const numbers = facts.flatMap(tellingTerms).filter(({ kind }) => kind === 'number')
  return [...new Set(numbers.flatMap(searchTokensOf))]
}
