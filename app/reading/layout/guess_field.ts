import type { FieldKindName, Place } from '#app/catalog/description'

/** What a place is most likely for: told by the words beside it. */
export interface Guess {
  kind: FieldKindName
  /** a key that says what it is, where the words do */
  key: string | null
  /** it helps to tell who somebody is */
  linkable: boolean
}

interface Hint {
  words: RegExp
  kind: FieldKindName
  key: string
  linkable?: boolean
}

/** A My Number: such a place is blacked out, and never keyed. */
export function isNumberPlace({ label }: Pick<Place, 'label'>): boolean {
  return /個人番号|マイナンバー|my ?number/i.test(label)
}

/** The first that fits. */
const HINTS: Hint[] = [
  { words: /ふりがな|フリガナ|カナ/, kind: 'kana', key: 'name_kana', linkable: true },
  { words: /口座番号/, kind: 'account_number', key: 'account_number', linkable: true },
  { words: /口座名義/, kind: 'account_holder', key: 'account_holder', linkable: true },
  { words: /支店/, kind: 'branch', key: 'branch' },
  { words: /郵便番号|〒/, kind: 'postcode', key: 'postcode' },
  { words: /住所|所在地|居所/, kind: 'address', key: 'address', linkable: true },
  { words: /電話|TEL|連絡先/i, kind: 'phone', key: 'phone', linkable: true },
  { words: /生年月日/, kind: 'date', key: 'birth_date', linkable: true },
  { words: /年月日|日付|記入日/, kind: 'date', key: 'date' },
  { words: /署名|自署/, kind: 'signature', key: 'signature', linkable: true },
  { words: /^印$|押印|㊞/, kind: 'seal', key: 'seal' },
  { words: /氏名|名前|本人名/, kind: 'name', key: 'name', linkable: true },
  { words: /金額|円$/, kind: 'money', key: 'amount' },
]

/** The era that stands beside a box to be ticked, by the letter that dates have for it. */
export function eraLetter(label: string): string | undefined {
  const eras: Record<string, string> = { 明治: 'M', 大正: 'T', 昭和: 'S', 平成: 'H', 令和: 'R' }
  return eras[label.slice(0, 2)]
}

/** Kinds that are written in a box or a comb; marks are told by their place alone. */
export function guessField({ kind, label }: Pick<Place, 'kind' | 'label'>): Guess {
  if (kind === 'tick' || kind === 'circle')
    return eraLetter(label)
      ? { kind: 'era_date', key: 'birth_date', linkable: true }
      : { kind: 'choice', key: null, linkable: false }
  const hint = HINTS.find(({ words }) => words.test(label))
  if (hint) return { kind: hint.kind, key: hint.key, linkable: hint.linkable ?? false }
  return { kind: kind === 'comb' ? 'digits' : 'text', key: null, linkable: false }
}
