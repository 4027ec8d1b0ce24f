import { toKatakana } from '#app/catalog/fields/characters'

/** Forms of one character that stand for each other in names, the one that is looked for first. */
const VARIANTS =
  '高髙 崎﨑嵜碕 斎齋斉齊 辺邊邉 浜濱濵 沢澤 広廣 国國 島嶋嶌 桜櫻 吉𠮷 徳德 恵惠 真眞 瀬瀨 富冨 淵渕 曽曾 桑桒 条條 応應 円圓 寿壽 豊豐 栄榮 関關 竜龍 滝瀧 峰峯 館舘 静靜 弥彌 薮藪籔 桧檜 桝枡 鶴靍靏 柳栁 清淸 緑綠 黒黑 実實 学學 会會 万萬 与與 亀龜 仏佛 児兒 剣劍 勲勳 団團 塩鹽 奥奧 宝寶 将將 専專 巌巖 帯帶 恒恆 悦悅 戸戶 晋晉 暁曉 来來 楽樂 横橫 歩步 渓溪 温溫 満滿 点點 為爲 画畫 発發 県縣 礼禮 秋穐 穂穗 経經 総總 芸藝 荘莊 蔵藏 薫薰 蛍螢 衛衞 覚覺 観觀 譲讓 遥遙 郷鄕鄉 釈釋 鉄鐵 鋭銳 霊靈 頼賴 顔顏 鶏鷄 麦麥 黄黃 船舩 野埜 梅楳 杉椙'
const FIRST = new Map(
  VARIANTS.split(' ').flatMap((group) => {
    const [first, ...others] = group
    return others.map((other) => [other, first] as const)
  })
)

/** A name in Latin letters only: who is called so may have no kana at all. */
export const LATIN_NAME = /^\p{Script=Latin}[\p{Script=Latin}\p{M}\s.,'’・-]*$/u

const PARTS = /[\s\u3000・･·,，]+/u

/** The parts of a name: family and given name, or as many as a foreign name has. */
export function partsOf(name: string): string[] {
  return name.split(PARTS).filter(Boolean)
}

/** A name in kanji or Latin letters as it is looked for: 髙橋 is 高橋, NGUYEN is nguyen, spaces don't count. */
export function foldName(name: string): string {
  return [...name.normalize('NFKC').replace(/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}\s・]/gu, '')]
    .map((character) => FIRST.get(character) ?? character)
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
