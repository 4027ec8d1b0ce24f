import { isReadable } from '#app/catalog/fields/characters'
import { foldName, foldReading, LATIN_NAME, partsOf } from '#app/submissions/fold_names'
import type { PersonFacts, TokenKind } from '#app/submissions/search_tokens'

/** Token kinds that help find who could be meant: parts of names are too common, and so are a phone's last digits. */
export const LOOKED_FOR: TokenKind[] = [
  'number',
  'kana_birth',
  'reading',
  'name',
  'birth_date',
  'phone',
]

/** Two numbers that differ are two people, or one number is of another kind. */
export function contradicts(facts: PersonFacts, other: PersonFacts | null): boolean {
  if (!other) return false
  return isReadable(facts.number) && isReadable(other.number) && facts.number !== other.number
}

/**
 * Whether somebody could be meant although nothing tells it: a name without a birth date, a birth date with a name or
 * a phone. A phone alone never is enough beside a name that differs.
 */
export function couldBe(facts: PersonFacts, other: PersonFacts | null): boolean {
  if (!other || contradicts(facts, other)) return false
  const [kana, named] = [
    { known: isReadable(facts.kana) && isReadable(other.kana), same: sameReading(facts, other) },
    { known: namesIn(facts).length > 0 && namesIn(other).length > 0, same: sameName(facts, other) },
  ]
  const born = isReadable(facts.birthDate) && isReadable(other.birthDate)
  const sameBirth = born && facts.birthDate === other.birthDate
  const samePhone = isReadable(facts.phone) && facts.phone === other.phone
  const sameWho = (kana.known && kana.same) || (named.known && named.same)
  if (sameWho) return !born || sameBirth || samePhone
  if (sameBirth) return samePhone || sameFamily(facts, other)
  return !kana.known && !named.known && !born && samePhone
}

/** Whether nothing that is known of both speaks against it that they are one. */
export function isPossiblyOne(one: PersonFacts, other: PersonFacts): boolean {
  const both = (key: 'kana' | 'birthDate') => isReadable(one[key]) && isReadable(other[key])
  if (contradicts(one, other)) return false
  if (both('kana') && !sameReading(one, other)) return false
  return !both('birthDate') || one.birthDate === other.birthDate
}

/** Whether it is as good as sure: kana and birth date are known of both, and nothing else differs. A number may be another list's. */
export function isSurelyOne(one: PersonFacts, other: PersonFacts): boolean {
  const known = [one, other].every(
    ({ kana, birthDate }) => isReadable(kana) && isReadable(birthDate)
  )
  const named = namesIn(one).length > 0 && namesIn(other).length > 0
  return known && isPossiblyOne(one, other) && (!named || sameName(one, other))
}

function sameReading(one: PersonFacts, other: PersonFacts): boolean {
  const forms = foldReading(other.kana)
  return foldReading(one.kana).some((form) => forms.includes(form))
}

function sameName(one: PersonFacts, other: PersonFacts): boolean {
  const names = namesIn(other)
  return namesIn(one).some((name) => names.includes(name))
}

/** All names but kana, folded: who has no kana goes by the Latin name in its place. */
function namesIn({ name, kana, latinName = '', alias = '' }: PersonFacts): string[] {
  return [name, LATIN_NAME.test(kana) ? kana : '', latinName, alias]
    .filter(isReadable)
    .map(foldName)
}

function sameFamily(one: PersonFacts, other: PersonFacts): boolean {
  const [mine, theirs] = [one.kana, other.kana].map((kana) => foldReading(partsOf(kana)[0] ?? ''))
  return mine.some((form) => theirs.includes(form))
}
