import type { Queries } from '#app/core/queries'
import type { PersonFields } from '#app/catalog/description'
import { isReadable } from '#app/catalog/fields/characters'
import { foldName, foldReading, LATIN_NAME, partsOf } from '#app/submissions/fold_names'
import { blindIndex, blindIndexes } from '#app/core/sealing'

/**
 * `number`, and `kana_birth` (kana with birth date), tell who somebody is; all others only help to find.
 * `kana` and `family_kana` are what was written before there were `reading` and its parts.
 */
export type TokenKind =
  | 'kana'
  | 'family_kana'
  | 'phone'
  | 'last_four'
  | 'birth_date'
  | 'number'
  | 'kana_birth'
  | 'reading'
  | 'reading_part'
  | 'name'
  | 'name_part'

export interface SearchTerm {
  kind: TokenKind
  text: string
}

/** Written with every submission and person; those with an older number are written anew by the worker. */
export const TOKENS_VERSION = 1

/** Facts known of somebody, in compared form; empty where they aren't. */
export interface PersonFacts {
  number: string
  kana: string
  name: string
  birthDate: string
  phone: string
  /** other names: in Latin letters, 通称 */
  latinName?: string
  alias?: string
}

/** Collects what a submission says of its person. */
export function factsOf(
  person: PersonFields,
  value: (field: string | undefined) => string
): PersonFacts {
  return {
    number: value(person.number),
    kana: value(person.kana),
    name: value(person.name),
    birthDate: value(person.birthDate),
    phone: value(person.phone),
  }
}

/** Lists the search terms of a submission. */
export function searchTerms(
  person: PersonFields,
  value: (field: string | undefined) => string
): SearchTerm[] {
  return termsOf(factsOf(person, value))
}

/** The first characters by which a name without a space may be looked for as a family name. */
const FAMILY_LENGTHS = [1, 2, 3]

/** Lists a person's search terms; stored as keyed tokens, they tell nothing by themselves. */
export function termsOf(person: PersonFacts): SearchTerm[] {
  const { number, kana, birthDate, phone } = person
  const names = [person.name, person.latinName ?? '', person.alias ?? ''].filter(isReadable)
  const digits = phone.replace(/\D/g, '')
  const terms: SearchTerm[] = [
    { kind: 'phone', text: digits },
    { kind: 'last_four', text: digits.slice(-4) },
    { kind: 'birth_date', text: birthDate },
    { kind: 'number', text: number },
    ...tellingTerms(person).filter((term) => term.kind === 'kana_birth'),
    ...(isReadable(kana) ? readingTerms(kana) : []),
    ...names.flatMap((name): SearchTerm[] => [
      { kind: 'name', text: foldName(name) },
      ...(partsOf(name).length > 1
        ? partsOf(name).map(foldName)
        : FAMILY_LENGTHS.map((length) => [...foldName(name)].slice(0, length).join(''))
      ).map((text): SearchTerm => ({ kind: 'name_part', text })),
    ]),
  ]
  const seen = new Set<string>()
  return terms.filter(({ kind, text }) => {
    const isNew = isReadable(text) && !seen.has(`${kind}:${text}`)
    seen.add(`${kind}:${text}`)
    return isNew
  })
}

function readingTerms(kana: string): SearchTerm[] {
  return [
    ...foldReading(kana).map((text): SearchTerm => ({ kind: 'reading', text })),
    ...partsOf(kana)
      .flatMap(foldReading)
      .map((text): SearchTerm => ({ kind: 'reading_part', text })),
  ]
}

/** Lists what alone tells who it is: number, or kana with birth date. Never a phone or address: a widow shares both. */
export function tellingTerms(person: PersonFacts): SearchTerm[] {
  const { number, kana, name, birthDate, latinName = '', alias = '' } = person
  const readings = [
    isReadable(kana) ? kana.replaceAll(' ', '') : '',
    // Who has no kana is told by the Latin name, in whichever place it stands.
    ...[kana, name, latinName, alias].filter((one) => LATIN_NAME.test(one)).map(foldName),
  ]
  return [
    ...(isReadable(number) ? [{ kind: 'number' as const, text: number }] : []),
    ...(isReadable(birthDate)
      ? [...new Set(readings)]
          .filter((reading) => reading !== '')
          .map((reading) => ({ kind: 'kana_birth' as const, text: `${reading}:${birthDate}` }))
      : []),
  ]
}

/** The token to store for a term. */
export function searchToken({ kind, text }: SearchTerm): string {
  return blindIndex(text, `search:${kind}`)
}

/** A term's tokens under all current keys, to look up with. */
export function searchTokensOf({ kind, text }: SearchTerm): string[] {
  return blindIndexes(text, `search:${kind}`)
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
  await client
    .from('submissions')
    .where('id', submissionId)
    .update({ tokens_version: TOKENS_VERSION })
}
