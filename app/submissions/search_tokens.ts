import type { Queries } from '#app/shared/queries'
import type { PersonFields } from '#app/catalog/description'
import { isReadable } from '#app/catalog/fields/characters'
import { fieldOf, normalize } from '#app/catalog/kinds'
import { blindIndex, blindIndexes } from '#app/shared/sealing'

export type TokenKind = 'kana' | 'family_kana' | 'phone' | 'last_four' | 'birth_date'

export interface SearchTerm {
  kind: TokenKind
  text: string
}

/** What can be searched for of a submission. */
export function searchTerms(
  person: PersonFields,
  value: (field: string | undefined) => string
): SearchTerm[] {
  return termsOf({
    kana: value(person.kana),
    phone: value(person.phone),
    birthDate: value(person.birthDate),
  })
}

/** What can be searched for of a person: keyed tokens that tell nothing by themselves. */
export function termsOf(person: { kana: string; phone: string; birthDate: string }): SearchTerm[] {
  const { kana, phone, birthDate } = person
  const terms: SearchTerm[] = [
    { kind: 'kana', text: kana.replaceAll(' ', '') },
    { kind: 'family_kana', text: kana.split(' ')[0] },
    { kind: 'phone', text: phone },
    { kind: 'last_four', text: phone.slice(-4) },
    { kind: 'birth_date', text: birthDate },
  ]
  return terms.filter((term) => isReadable(term.text))
}

/** The token to store for a term. */
export function searchToken({ kind, text }: SearchTerm): string {
  return blindIndex(text, `search:${kind}`)
}

/** A term's tokens under all current keys, to look up with. */
export function searchTokensOf({ kind, text }: SearchTerm): string[] {
  return blindIndexes(text, `search:${kind}`)
}

/**
 * What must all be true of who is looked for, each as tokens of which one must fit. A name without a space may be a
 * family name or the whole.
 */
export function termsToFind(facts: { kana: string; phone: string; birthDate: string }): string[][] {
  const phone: SearchTerm = {
    kind: facts.phone.length === 4 ? 'last_four' : 'phone',
    text: facts.phone,
  }
  const whole: SearchTerm = { kind: 'kana', text: facts.kana.replaceAll(' ', '') }
  const family: SearchTerm = { kind: 'family_kana', text: facts.kana }
  return [
    facts.kana.includes(' ') ? [whole] : [whole, family],
    [phone],
    [{ kind: 'birth_date' as const, text: facts.birthDate }],
  ]
    .map((alternatives) => alternatives.filter((term) => isReadable(term.text)))
    .filter((alternatives) => alternatives.length > 0)
    .map((alternatives) => alternatives.flatMap(searchTokensOf))
}

/** Replaces the tokens of a submission. */
export async function writeSearchTokens(
  client: Queries,
  submissionId: string,
  terms: SearchTerm[]
): Promise<void> {
  await client.from('search_tokens').where('submission_id', submissionId).delete()
  const rows = terms.map((term) => ({
    submission_id: submissionId,
    kind: term.kind,
    token: searchToken(term),
  }))
  if (rows.length > 0) await client.table('search_tokens').multiInsert(rows)
}

/** Tokens, under all current keys, that could match what a person typed into the search box. */
export function tokensFor(typed: string): { kind: TokenKind; tokens: string[] }[] {
  const digits = typed.normalize('NFKC').replace(/\D/g, '')
  const kana = normalize(fieldOf('kana'), typed).value
  const wanted: SearchTerm[] = []
  if (digits.length === 4) wanted.push({ kind: 'last_four', text: digits })
  if (digits.length >= 10) wanted.push({ kind: 'phone', text: digits })
  if (kana !== '' && digits === '')
    wanted.push(
      { kind: 'kana', text: kana.replaceAll(' ', '') },
      { kind: 'family_kana', text: kana }
    )
  return wanted.map((term) => ({ kind: term.kind, tokens: searchTokensOf(term) }))
}
