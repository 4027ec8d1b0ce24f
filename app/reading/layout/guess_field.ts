import { fieldKinds, type FieldKind } from '#app/catalog/fields/field_kind'
import type { Place } from '#app/catalog/description'

/** The most likely use of a place: told by the words beside it. */
export interface Guess {
  kind: string
  /** a key that says what it is, where the words do */
  key: string | null
  /** it helps to tell who somebody is */
  linkable: boolean
}

/** A My Number: such a place is blacked out, and never keyed. */
export function isNumberPlace({ label }: Pick<Place, 'label'>): boolean {
  return /個人番号|マイナンバー|my ?number/i.test(label)
}

/** The era that stands beside a box to be ticked, by the letter that dates have for it. */
export function eraLetter(label: string): string | undefined {
  const eras: Record<string, string> = { 明治: 'M', 大正: 'T', 昭和: 'S', 平成: 'H', 令和: 'R' }
  return eras[label.slice(0, 2)]
}

/** Kinds that are written in a box or a comb; marks are told by their place alone. */
export function guessField({ kind, label }: Pick<Place, 'kind' | 'label'>): Guess {
  if (kind === 'tick' || kind === 'circle')
    return eraLetter(label)
      ? { kind: usualFor('era'), key: 'birth_date', linkable: true }
      : { kind: usualFor('mark'), key: null, linkable: false }
  const [first] = fieldKinds
    .all()
    .flatMap(({ name, suggestions = [] }) => suggestions.map((one) => ({ ...one, kind: name })))
    .filter(({ words }) => words.test(label))
    .sort((a, b) => a.rank - b.rank)
  if (first) return { kind: first.kind, key: first.key, linkable: first.linkable ?? false }
  return { kind: usualFor(kind), key: null, linkable: false }
}

function usualFor(place: FieldKind['usualFor']): string {
  return fieldKinds.all().find((kind) => kind.usualFor === place)!.name
}
