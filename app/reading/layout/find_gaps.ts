import { bottom, right, type Rectangle } from '#app/reading/layout/blank_page'
import type { Container } from '#app/reading/layout/propose_zones'
import type { FoundZone } from '#app/reading/layout/blank_page'
import { textOf, type TextLine } from '#app/reading/layout/text_lines'
import type { PrintedCharacter } from '#app/reading/decoding/messages'

/** Characters after a number or a word that is written in. */
const UNITS =
  /^[年月日時分歳才円人回頃号番丁階名点組級様殿室棟件週間泊食枚個台通株口度割千万億c㎝㎏k%％\-－―‐ー)）〕］」～〜]$/
/** Characters before a gap in which something is to be written. */
const OPENERS = /^[(（〔［「：:＝=〒№☎℡]$/
const CLOSERS = /^[)）〕］」]$/
/** mm between text and the zone beside it */
const CLEAR = 0.3
/** mm; shorter rooms are spaces between words */
const LEAST = 3
const LOWEST = 2.6

/** Labels after which a line goes on for the answer. */
const NAMES = /(氏名|名称|住所|所在地|電話番号|職業|役職|署名)$/
/** mm below a label in which its box begins */
const BELOW = 8
/** 年 at the start of a line has its year before it (mm). */
const YEAR = 14
/** mm; a name or an address on a line without end */
const NAME = 55

/** Gaps in printed lines that are to be filled: before units, within brackets, behind a colon. */
export function findGaps(container: Container): FoundZone[] {
  return container.lines.flatMap((line) => gapsIn(line, container))
}

function gapsIn(line: TextLine, container: Container): FoundZone[] {
  const { characters, size } = line
  const band = bandOf(line, container)
  const first = characters[0]
  const year = textOf(characters).startsWith('年月日')
    ? [{ kind: 'box' as const, ...band, x: first.x - YEAR - CLEAR, width: YEAR }]
    : []
  const gaps = characters.flatMap((character, index) => {
    const next = characters[index + 1]
    const end = Math.min(
      next?.x ?? endOf(character, line, container),
      container.isPage && !OPENERS.test(character.text) ? right(character) + NAME : Infinity
    )
    const whole = {
      x: right(character) + CLEAR,
      ...band,
      width: end - right(character) - 2 * CLEAR,
    }
    const room = clearOf(whole, container.obstacles)
    // Where a box stands between two words, the box is the answer's place.
    if (next && room.width < whole.width - CLEAR) return []
    if (room.width < Math.max(LEAST, size * 0.95) || room.height < LOWEST) return []
    if (!wanted(character, next, room.width, line, container)) return []
    return [{ ...room, kind: 'box' as const }]
  })
  return [...year, ...gaps]
}

function wanted(
  before: PrintedCharacter,
  after: PrintedCharacter | undefined,
  width: number,
  line: TextLine,
  container: Container
): boolean {
  const text = textOf(line.characters.slice(0, line.characters.indexOf(before) + 1))
  if (NAMES.test(text) && width > 30 && container.isPage) return !hasBoxBelow(line, container)
  if (after) {
    if (OPENERS.test(before.text)) return true
    return UNITS.test(after.text) && !CLOSERS.test(after.text) && width < 70
  }
  if (OPENERS.test(before.text)) return width > 8
  // A short label at the start of a wide cell: the rest of the line is for the answer.
  return (
    !container.isPage &&
    line.characters.length <= 12 &&
    !/[。、.．]|[0-9０-９]/.test(text) &&
    width > 30 &&
    width > container.space.width * 0.55 &&
    container.space.height < 9 &&
    container.lines.length === 1
  )
}

function hasBoxBelow(line: TextLine, { obstacles }: Container): boolean {
  return obstacles.some(
    (one) =>
      one.y >= line.y && one.y - bottom(line) < BELOW && one.x < right(line) && right(one) > line.x
  )
}

/** Finds where a line's room ends: at the cell's side, 15 mm before a page's, or at text higher or lower beside it. */
function endOf(last: PrintedCharacter, line: TextLine, container: Container): number {
  const edge = container.isPage ? right(container.space) - 15 : right(container.space)
  const beside = container.lines
    .filter((other) => other !== line && other.x > right(last) && sharesHeight(other, line))
    .map((other) => other.x)
  return Math.min(edge, ...beside)
}

/** As high as the line and half of the space to what stands above and below it. */
function bandOf(
  line: TextLine,
  { space, isPage, lines }: Container
): { y: number; height: number } {
  const others = lines.filter(
    (other) => other !== line && other.x < right(line) && right(other) > line.x
  )
  const above = Math.max(isPage ? 0 : space.y, ...others.map(bottom).filter((end) => end <= line.y))
  const below = Math.min(
    bottom(space),
    ...others.map((other) => other.y).filter((start) => start >= bottom(line))
  )
  const grow = (room: number) => Math.max(line.size * 0.12, Math.min(line.size * 0.5, room / 2))
  const top = line.y - grow(line.y - above)
  return { y: top, height: bottom(line) + grow(below - bottom(line)) - top }
}

/** The part of a room left of the first obstacle in it. */
function clearOf(room: Rectangle, obstacles: Rectangle[]): Rectangle {
  const inWay = obstacles
    .filter((one) => sharesHeight(one, room) && right(one) > room.x && one.x < right(room))
    .map((one) => one.x)
  const end = Math.min(right(room), ...inWay)
  return { ...room, width: end - room.x }
}

function sharesHeight(one: Rectangle, other: Rectangle): boolean {
  return Math.min(bottom(one), bottom(other)) - Math.max(one.y, other.y) > 0.8
}
