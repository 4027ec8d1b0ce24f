import { diffArrays } from 'diff'

/** Forms of one character that stand for each other in names; the usual one first. */
const VARIANTS =
  '高髙 崎﨑嵜 斎齋 斉齊 辺邊邉 浜濱濵 沢澤 広廣 国國 島嶋嶌 桜櫻 吉𠮷 徳德 恵惠 真眞 瀬瀨 富冨 淵渕 曽曾 桑桒 条條 応應 円圓 寿壽 豊豐 栄榮 関關 竜龍 滝瀧 峰峯 館舘 静靜 弥彌 薮藪籔 桧檜 桝枡 鶴靍靏 柳栁 清淸 緑綠 黒黑 実實 学學 会會 万萬 与與 亀龜 仏佛 児兒 剣劍 勲勳 団團 塩鹽 奥奧 宝寶 将將 専專 巌巖 帯帶 恒恆 悦悅 戸戶 晋晉 暁曉 来來 楽樂 横橫 歩步 渓溪 温溫 満滿 点點 為爲 画畫 発發 県縣 礼禮 秋穐 穂穗 経經 総總 芸藝 荘莊 蔵藏 薫薰 蛍螢 衛衞 覚覺 観觀 譲讓 遥遙 郷鄕鄉 釈釋 鉄鐵 鋭銳 霊靈 頼賴 顔顏 鶏鷄 麦麥 黄黃 船舩 野埜 梅楳'
/** Other characters that are taken for each other in names: one is found by the other, but they aren't the same. */
const TAKEN_FOR = '斎斉 崎碕 杉椙'
const FIRST = firstOf(VARIANTS)
const SOUGHT = firstOf(TAKEN_FOR)

function firstOf(groups: string): Map<string, string> {
  return new Map(
    groups.split(' ').flatMap((group) => {
      const [first, ...others] = group
      return others.map((other) => [other, first] as const)
    })
  )
}

/** The form of its own that a character is drawn in (Ideographic Variation Sequences). */
const SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** A character in its usual form: 髙 as 高, ﾀ as タ; what has no other form as it is. */
export function plainForm(character: string): string {
  const plain = character.normalize('NFKC').replace(SELECTORS, '')
  return FIRST.get(plain) ?? plain
}

/** A character as names are looked for: also by what it is taken for, 斉 as 斎. */
export function soughtForm(character: string): string {
  const plain = plainForm(character)
  return SOUGHT.get(plain) ?? plain
}

/** A run of a text that stands in every other one as well, or doesn't. */
export interface Run {
  text: string
  differs: boolean
}

/** Two forms of one character where texts differ in nothing else: both are right, one of them stands on the paper. */
export type VariantPair = readonly [one: string, other: string]

/** Divides a text into what stands in all the others too, in the same order, and what doesn't. */
export function runsOf(text: string, others: string[]): Run[] {
  const characters = split(text)
  const differing = new Set(others.flatMap((other) => alignment(characters, split(other)).missing))
  const runs: Run[] = []
  for (const [index, character] of characters.entries()) {
    const differs = differing.has(index)
    const last = runs.at(-1)
    if (last?.differs === differs) last.text += character
    else runs.push({ text: character, differs })
  }
  return runs
}

/** Finds where texts have one character in two forms, each pair once: 髙 beside 高. */
export function variantsBetween(texts: string[]): VariantPair[] {
  const pairs = new Map<string, VariantPair>()
  for (const [index, one] of texts.entries())
    for (const other of texts.slice(index + 1))
      for (const pair of alignment(split(one), split(other)).replaced) {
        if (pair[0] === pair[1] || plainForm(pair[0]) !== plainForm(pair[1])) continue
        const known = pair.toSorted()
        pairs.set(known.join(''), [known[0], known[1]])
      }
  return [...pairs.values()]
}

function split(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

/** The characters of one that have nothing beside them in the other, and what stands in the other instead of them. */
function alignment(
  one: string[],
  other: string[]
): { missing: number[]; replaced: [string, string][] } {
  const missing: number[] = []
  const replaced: [string, string][] = []
  let at = 0
  let removed: string[] = []
  for (const change of diffArrays(one, other)) {
    if (change.added) {
      // As many as were there, or nobody can say which stands for which.
      if (change.value.length === removed.length)
        replaced.push(...removed.map((was, index): [string, string] => [was, change.value[index]]))
      removed = []
      continue
    }
    removed = change.removed ? change.value : []
    if (change.removed) missing.push(...change.value.map((_character, index) => at + index))
    at += change.value.length
  }
  return { missing, replaced }
}
