import { toKatakana } from '#app/catalog/fields/characters'
import { soughtForm } from '#app/catalog/fields/variants'

/** A name in Latin letters only: who is called so may have no kana at all. */
export const LATIN_NAME = /^\p{Script=Latin}[\p{Script=Latin}\p{M}\s.,'’・-]*$/u

const PARTS = /[\s\u3000・･·,，]+/u

/** The parts of a name: family and given name, or as many as a foreign name has. */
export function partsOf(name: string): string[] {
  return name.split(PARTS).filter(Boolean)
}

/** A name in kanji or Latin letters as it is looked for: 髙橋 is 高橋, NGUYEN is nguyen, spaces don't count. */
export function foldName(name: string): string {
  return [...name.normalize('NFKC').replace(/[\s・]/g, '')]
    .map(soughtForm)
    .join('')
    .normalize('NFD')
    .replace(/(?<=[A-Za-z])\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
}

const SMALL = 'ァィゥェォッャュョヮヵヶ'
const LARGE = 'アイウエオツヤユヨワカケ'
const SAME: [RegExp, string][] = [
  [/ヴァ/g, 'バ'],
  [/ヴィ/g, 'ビ'],
  [/ヴェ/g, 'ベ'],
  [/ヴォ/g, 'ボ'],
  [/ヴ/g, 'ブ'],
  [/ヂ/g, 'ジ'],
  [/ヅ/g, 'ズ'],
  [/ヲ/g, 'オ'],
  [/ヱ/g, 'エ'],
  [/ヰ/g, 'イ'],
]
const ROWS = {
  ア: 'アカサタナハマヤラワガザダバパ',
  イ: 'イキシチニヒミリギジビピ',
  ウ: 'ウクスツヌフムユルグズブプ',
  エ: 'エケセテネヘメレゲゼデベペ',
  オ: 'オコソトノホモヨロゴゾドボポ',
}
/** Ways to write the long vowel of a row instead; as nothing, where it is left out. */
const LONG: Record<string, string[]> = {
  ア: ['ア'],
  イ: ['イ'],
  ウ: ['ウ'],
  エ: ['イ', 'エ'],
  オ: ['ウ', 'オ'],
}
/** A name with more long vowels than this is looked for with the first ones only. */
const MAX_FORMS = 27

/**
 * The forms under which a name in kana is looked for: サトー is サトウ, サトオ and サト. Small kana count as large ones,
 * marks of repetition as what they repeat; spaces and dots don't count.
 */
export function foldReading(kana: string): string[] {
  const plain = SAME.reduce(
    (text, [from, to]) => text.replace(from, to),
    repeated(toKatakana(kana.normalize('NFKC')).replace(/[\s・.,']/g, ''))
  )
    .replace(new RegExp(`[${SMALL}]`, 'g'), (small) => LARGE[SMALL.indexOf(small)])
    .toLowerCase()
  let forms = ['']
  for (const character of plain) {
    if (!/[ー\-－‐―−–—]/.test(character)) forms = forms.map((form) => form + character)
    else if (forms.length < MAX_FORMS) forms = forms.flatMap((form) => [form, ...longer(form)])
  }
  return [...new Set(forms)].filter(Boolean)
}

function longer(form: string): string[] {
  const row = Object.entries(ROWS).find(([, kana]) => kana.includes(form.at(-1) ?? ' '))?.[0]
  return row ? LONG[row].map((vowel) => form + vowel) : []
}

/** ミスヾ is ミスズ. */
function repeated(kana: string): string {
  return kana
    .replace(/(.)ヽ/gu, '$1$1')
    .replace(/(.)ヾ/gu, (_, before: string) => before + `${before}\u3099`.normalize('NFC'))
}
