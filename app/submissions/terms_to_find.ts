import { isReadable } from '#app/catalog/fields/characters'
import { fieldOf, normalize } from '#app/catalog/field_values'
import { foldName, foldReading, LATIN_NAME, partsOf } from '#app/submissions/fold_names'
import { searchTokensOf, type SearchTerm, type TokenKind } from '#app/submissions/search_tokens'

/**
 * Lists what must all be true of who is looked for, each as tokens of which one must fit. A name without a space may be
 * a family name or the whole.
 */
export function termsToFind(facts: { kana: string; phone: string; birthDate: string }): string[][] {
  const phone: SearchTerm = {
    kind: facts.phone.length === 4 ? 'last_four' : 'phone',
    text: facts.phone,
  }
  const whole = facts.kana.replaceAll(' ', '')
  const readings = isReadable(facts.kana) ? foldReading(facts.kana) : []
  const names: SearchTerm[] = [
    ...readings.map((text): SearchTerm => ({ kind: 'reading', text })),
    { kind: 'kana', text: whole },
    ...(LATIN_NAME.test(facts.kana) ? [{ kind: 'name' as const, text: foldName(facts.kana) }] : []),
    ...(facts.kana.includes(' ')
      ? []
      : [
          ...readings.map((text): SearchTerm => ({ kind: 'reading_part', text })),
          { kind: 'family_kana' as const, text: facts.kana },
        ]),
  ]
  return [names, [phone], [{ kind: 'birth_date' as const, text: facts.birthDate }]]
    .map((alternatives) => alternatives.filter((term) => isReadable(term.text)))
    .filter((alternatives) => alternatives.length > 0)
    .map((alternatives) => alternatives.flatMap(searchTokensOf))
}

/** Lists what text typed into a search box may mean: of each meaning all words must fit, each by one of its tokens. */
export function meaningsOf(typed: string): string[][][] {
  const phone = normalize(fieldOf('phone'), typed)
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '')
  const born = normalize(fieldOf('era_date'), typed)
  const meanings: SearchTerm[][][] = []
  const one = (kind: TokenKind, text: string) => meanings.push([[{ kind, text }]])
  if (!phone.problem && phone.value) one('phone', phone.value)
  if (!born.problem && born.value) one('birth_date', born.value)
  if (/^\d{4}$/.test(digits)) one('last_four', digits)
  if (/^\d{5,}$/.test(digits)) one('number', digits)
  const words = partsOf(typed)
  if (!/\d/.test(typed.normalize('NFKC')) && words.length > 0) {
    meanings.push([
      [
        ...foldReading(typed).map((text): SearchTerm => ({ kind: 'reading', text })),
        { kind: 'name', text: foldName(typed) },
        { kind: 'kana', text: normalize(fieldOf('kana'), typed).value.replaceAll(' ', '') },
      ],
    ])
    meanings.push(
      words.map((word) => [
        ...foldReading(word).map((text): SearchTerm => ({ kind: 'reading_part', text })),
        { kind: 'name_part', text: foldName(word) },
        { kind: 'family_kana', text: normalize(fieldOf('kana'), word).value },
      ])
    )
  }
  return meanings.map((words_) => words_.map((terms) => terms.flatMap(searchTokensOf)))
}
