import type { Queries } from '#app/shared/queries'
import type { PersonFields } from '#app/catalog/description'
import { isReadable, normalize } from '#app/catalog/kinds'
import { blindIndex, blindIndexes } from '#app/shared/sealing'

export type TokenKind = 'kana' | 'family_kana' | 'phone' | 'last_four'

/** What can be searched for of a person: keyed tokens that tell nothing by themselves. */
export function searchTerms(
  person: PersonFields,
  value: (field: string) => string
): { kind: TokenKind; text: string }[] {
  const kana = value(person.kana)
  const phone = value(person.phone)
  const terms: { kind: TokenKind; text: string }[] = [
    { kind: 'kana', text: kana.replaceAll(' ', '') },
    { kind: 'family_kana', text: kana.split(' ')[0] },
    { kind: 'phone', text: phone },
    { kind: 'last_four', text: phone.slice(-4) },
  ]
  return terms.filter((term) => isReadable(term.text))
}

/** Replaces the tokens of a submission. */
export async function writeSearchTokens(
  client: Queries,
  submissionId: string,
  terms: { kind: TokenKind; text: string }[]
): Promise<void> {
  await client.from('search_tokens').where('submission_id', submissionId).delete()
  const rows = terms.map(({ kind, text }) => ({
    submission_id: submissionId,
    kind,
    token: blindIndex(text, `search:${kind}`),
  }))
  if (rows.length > 0) await client.table('search_tokens').multiInsert(rows)
}

/** Tokens, under all current keys, that could match what a person typed into the search box. */
export function tokensFor(typed: string): { kind: TokenKind; tokens: string[] }[] {
  const digits = typed.normalize('NFKC').replace(/\D/g, '')
  const kana = normalize(
    { key: 'q', kind: 'kana', label: { ja: '', en: '' }, required: false, height: 0 },
    typed
  ).value
  const wanted: { kind: TokenKind; text: string }[] = []
  if (digits.length === 4) wanted.push({ kind: 'last_four', text: digits })
  if (digits.length >= 10) wanted.push({ kind: 'phone', text: digits })
  if (kana !== '' && digits === '')
    wanted.push(
      { kind: 'kana', text: kana.replaceAll(' ', '') },
      { kind: 'family_kana', text: kana }
    )
  return wanted.map(({ kind, text }) => ({ kind, tokens: blindIndexes(text, `search:${kind}`) }))
}
