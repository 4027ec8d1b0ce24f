import { around, right, type Rectangle } from '#app/reading/layout/blank_page'
import type { FoundZone } from '#app/reading/layout/blank_page'
import { textOf, type TextLine } from '#app/reading/layout/text_lines'
import type { PrintedCharacter } from '#app/reading/decoding/messages'

/** Words that forms offer side by side to be circled. */
const WORDS = new Set(
  '男 女 明 大 昭 平 令 明治 大正 昭和 平成 令和 西暦 有 無 はい いいえ 普通 当座 貯蓄 本人 家族 代理人 本店 支店 出張所 銀行 金庫 農協 信金 信組 組合 同意する 同意しない 希望する 希望しない する しない いる いない ある ない 新規 変更 継続 自宅 携帯 勤務先 午前 午後 甲 乙 左 右 夫 妻 父 母 子 可 否 要 不要 済 未'.split(
    ' '
  )
)
const SEPARATORS = new Set([...'・･·／/、，,'])
/** mm around a word that a ring takes */
const RING = 0.35

/** Words to be circled: known ones, set apart by dots or strokes, in a line or one above the other. */
export function findCircles(lines: TextLine[]): FoundZone[] {
  return [...lines.flatMap((line) => inLine(line)), ...stacked(lines)]
}

function inLine({ characters }: TextLine): FoundZone[] {
  const tokens: { characters: PrintedCharacter[]; before: boolean; after: boolean }[] = []
  let current: PrintedCharacter[] = []
  let before = false
  const close = (after: boolean) => {
    if (current.length > 0) tokens.push({ characters: current, before, after })
    current = []
    before = after
  }
  for (const character of characters) {
    const last = current.at(-1)
    if (SEPARATORS.has(character.text)) close(true)
    else {
      if (last && character.x - right(last) > last.height * 0.6) close(false)
      current.push(character)
    }
  }
  close(false)
  return tokens
    .filter((one) => one.before || one.after)
    .flatMap((one) => {
      const word = wordIn(one)
      return word ? [ring(word)] : []
    })
}

/** The known word at the end or the start of what stands between two separators. */
function wordIn(token: {
  characters: PrintedCharacter[]
  before: boolean
  after: boolean
}): PrintedCharacter[] | null {
  const plain = token.characters.filter((one) => !'（(〔）)〕'.includes(one.text))
  if (WORDS.has(textOf(plain))) return plain
  for (let length = 4; length >= 1; length--) {
    const [start, end] = [plain.slice(0, length), plain.slice(-length)]
    if (token.after && !token.before && plain.length - length < 1 && WORDS.has(textOf(end)))
      return end
    if (token.before && /[（(日年]/.test(plain[length]?.text ?? '') && WORDS.has(textOf(start)))
      return start
  }
  return null
}

/** 男・女 set one above the other. */
function stacked(lines: TextLine[]): FoundZone[] {
  const alone = lines
    .flatMap((line) => (line.characters.length === 1 ? line.characters : []))
    .sort((a, b) => a.y - b.y)
  return alone.flatMap((one, index) => {
    const beside = [alone[index - 1], alone[index + 1]].some(
      (other) => other && SEPARATORS.has(other.text) && Math.abs(other.x - one.x) < 3
    )
    return beside && WORDS.has(one.text) ? [ring([one])] : []
  })
}

function ring(characters: PrintedCharacter[]): FoundZone {
  const box: Rectangle = around(characters)
  return {
    kind: 'circle',
    x: box.x - RING,
    y: box.y - RING,
    width: box.width + 2 * RING,
    height: box.height + 2 * RING,
  }
}
