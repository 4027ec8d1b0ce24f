import type { Description, Field, Zone } from '#app/catalog/description'
import type { OnPaper } from '#app/catalog/fields/field_kind'
import { firstCell, onPaper } from '#app/catalog/on_paper'
import type { Random } from '#app/core/random'

export interface InkPage {
  glyphs: { text: string; face: string; size: number; x: number; y: number; turn: number }[]
  strokes: { points: [number, number][]; width: number }[]
}

/** A writer's hand: its face, its way of marking, its faults (keys of fields, or none). */
export interface Hand {
  face: string
  /** this field's text is written too large for its box */
  overruns?: string
  /** this field was first filled in wrongly, struck out and written again */
  struck?: string
  /** how this person marks a box */
  mark: MarkStyle
}

export const MARK_STYLES = ['tick', 'cross', 'fill'] as const
export type MarkStyle = (typeof MARK_STYLES)[number]

/** Fills in the form: every value as characters and strokes at the places of its zones, in mm. */
export function writeAnswers(
  description: Description,
  answers: Record<string, string>,
  hand: Hand,
  random: Random
): InkPage[] {
  const pages: InkPage[] = Array.from({ length: description.pageCount }, () => ({
    glyphs: [],
    strokes: [],
  }))
  for (const field of description.groups.flatMap((group) => group.fields)) {
    const value = answers[field.key] ?? ''
    const zones = description.zones.filter((zone) => zone.field === field.key)
    const page = pages[zones[0].page - 1]
    if (value === '') continue
    if (field.kind === 'choice' || field.kind === 'ticks') {
      for (const option of value.split(','))
        mark(
          page,
          zones.find((zone) => zone.option === option)!,
          hand.mark,
          random
        )
      continue
    }
    const written = writtenForm(field, value)
    if (written.option)
      mark(
        page,
        zones.find((zone) => zone.option === written.option)!,
        hand.mark,
        random
      )
    const cells = zones.filter((zone) => zone.part === 'cell').sort((a, b) => a.index! - b.index!)
    const first = firstCell(field, cells.length, written.text)
    if (cells.length > 0)
      [...written.text].forEach((digit, index) =>
        glyphIn(page, cells[first + index], digit, hand.face, random)
      )
    else writeLine(page, zones[0], written.text, field.key, hand, random)
  }
  return pages
}

/** Returns what somebody writes for a value; what is only there or not is written as well. */
function writtenForm(field: Field, value: string): OnPaper {
  if (field.kind === 'signature' || field.kind === 'picture') return { text: '青嶺 花子' }
  if (field.kind === 'seal') return { text: '印' }
  return onPaper(field, value)
}

function writeLine(
  page: InkPage,
  zone: Zone,
  text: string,
  key: string,
  hand: Hand,
  random: Random
): void {
  const width = lineWidth(text)
  const fits = Math.min(zone.height * 0.62, (zone.width - 6) / width, 9)
  if (hand.struck === key) {
    const size = Math.min(fits, (zone.width / 2 - 5) / width)
    const wrong = [...text].reverse().join('')
    const end = writeRun(page, wrong, zone.x + 3, zone.y + zone.height / 2, size, hand.face, random)
    for (const offset of [-0.8, 0.8]) {
      const y = zone.y + zone.height / 2 + offset
      page.strokes.push({
        points: [
          [zone.x + 2, y + random.between(-0.4, 0.4)],
          [end, y + random.between(-0.4, 0.4)],
        ],
        width: 0.45,
      })
    }
    writeRun(
      page,
      text,
      Math.max(end + 3, zone.x + zone.width / 2),
      zone.y + zone.height / 2,
      size,
      hand.face,
      random
    )
    return
  }
  const size =
    hand.overruns === key ? Math.min((zone.width + 14) / width, zone.height * 1.05) : fits
  writeRun(
    page,
    text,
    zone.x + (hand.overruns === key ? 1 : 3),
    zone.y + zone.height / 2,
    size,
    hand.face,
    random
  )
}

/** Width of a text in em: narrow letters and digits are about half as wide as kanji. */
function lineWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + advance(character), 0)
}

function advance(character: string): number {
  return /[ -~]/.test(character) ? 0.62 : 1.02
}

function writeRun(
  page: InkPage,
  text: string,
  x: number,
  y: number,
  size: number,
  face: string,
  random: Random
): number {
  let at = x
  const slope = random.between(-0.006, 0.006)
  for (const character of text) {
    const step = advance(character) * size
    if (character.trim() !== '') {
      page.glyphs.push({
        text: character,
        face,
        size: size * random.between(0.93, 1.07),
        x: at + step / 2,
        y: y + (at - x) * slope + random.between(-0.03, 0.03) * size,
        turn: random.between(-4, 4),
      })
    }
    at += step
  }
  return at
}

function glyphIn(page: InkPage, cell: Zone, digit: string, face: string, random: Random): void {
  page.glyphs.push({
    text: digit,
    face,
    size: Math.min(cell.height, cell.width) * random.between(0.78, 0.92),
    x: cell.x + cell.width / 2 + random.between(-0.7, 0.7),
    y: cell.y + cell.height / 2 + random.between(-0.9, 0.9),
    turn: random.between(-6, 6),
  })
}

/** A tick, a cross or a filled box, drawn a little carelessly; a word is circled. */
function mark(page: InkPage, zone: Zone, style: MarkStyle, random: Random): void {
  const at = (u: number, v: number): [number, number] => [
    zone.x + zone.width * (u + random.between(-0.06, 0.06)),
    zone.y + zone.height * (v + random.between(-0.06, 0.06)),
  ]
  const width = random.between(0.5, 0.9)
  if (zone.shape === 'word') {
    const turns = Array.from({ length: 29 }, (_, step) => (step / 26) * 2 * Math.PI)
    page.strokes.push({
      points: turns.map((turn) => at(0.5 + 0.62 * Math.cos(turn), 0.5 + 0.66 * Math.sin(turn))),
      width,
    })
  } else if (style === 'tick')
    page.strokes.push({ points: [at(0.12, 0.5), at(0.42, 0.88), at(1.05, -0.08)], width })
  else if (style === 'cross')
    page.strokes.push(
      { points: [at(0.1, 0.1), at(0.9, 0.9)], width },
      { points: [at(0.9, 0.1), at(0.1, 0.9)], width }
    )
  else
    for (let v = 0.15; v <= 0.9; v += 0.11)
      page.strokes.push({ points: [at(0.1, v), at(0.9, v + 0.05)], width: 0.9 })
}
