import type { Drawn } from '#app/core/typesetting/enclose'
import { isMark, PT, type FormPlace } from '#app/replies/enclosures/form_place'
import { glyphOf } from '#app/replies/glyphs'
import { inReadingOrder } from '#app/catalog/own_paper'

/** pt: larger would shout, smaller nobody reads */
const LARGEST = 14
const SMALLEST = 7
const READABLE = 9
const STEP = 0.5
/** of the size: from line to line, and from a line's top to its base */
const LEADING = 1.25
const ASCENT = 0.86
/** of a box's height: what a single line takes at most */
const OF_HEIGHT = 0.72
/** pt beside a value */
const BESIDE = 2.5
/** Parts that aren't broken: numbers, Latin words, and a character with what can't begin a line. */
const PARTS = /[\p{Nd}A-Za-z,.\-]+|.[、。，．)）」』】〕・ー]*/gu
/** Written within a number, and left out where each digit has a cell of its own. */
const DASHES = /(?<=\p{Nd})[-‐‑–−－](?=\p{Nd})/gu

/** A form that was filled in: what is put onto it, and what couldn't be (`word: place`, `word: no_option`). */
export interface FilledForm {
  drawn: Drawn[]
  faults: string[]
}

/** Puts values into the places of a form. A long one is set smaller or in lines; nothing is cut off. */
export function fillForm(places: FormPlace[], values: Record<string, string>): FilledForm {
  const drawn: Drawn[] = []
  const faults = new Set<string>()
  const used = places.filter(({ word }) => word && values[word]?.trim())
  const valueOf = ({ word }: FormPlace) =>
    values[word!].trim().replace(/\r\n?/g, '\n').replace(/\t/g, ' ')
  const marks = Map.groupBy(used.filter(isMark), ({ word, page }) => JSON.stringify([word, page]))
  for (const options of marks.values())
    put(options[0], marked(options, valueOf(options[0])), 'no_option')
  for (const series of seriesOf(used.filter(({ kind }) => kind === 'comb')))
    put(series[0], inCombs(series, valueOf(series[0])), 'place')
  for (const box of used.filter(({ kind }) => kind === 'box'))
    put(box, inBox(box, valueOf(box)), 'place')
  return { drawn, faults: [...faults] }

  function put({ word }: FormPlace, made: Drawn[] | null, fault: string): void {
    if (made) drawn.push(...made)
    else faults.add(`${word}: ${fault}`)
  }
}

/** Combs that hold one value together: each that goes on belongs to the one of its word before it. */
export function seriesOf(combs: FormPlace[]): FormPlace[][] {
  const series: FormPlace[][] = []
  for (const comb of inReadingOrder(combs)) {
    const before = series.findLast(([first]) => first.word === comb.word)
    if (comb.goesOn && before) before.push(comb)
    else series.push([comb])
  }
  return series
}

/** Marks the option that a value names; null where none has its name. */
function marked(places: FormPlace[], value: string): Drawn[] | null {
  const chosen = places.filter(({ when }) => when && plain(when) === plain(value))
  return chosen.length > 0 ? chosen.map(markOf) : null
}

function markOf(place: FormPlace): Drawn {
  const { page } = place
  const [x, y] = [(place.x + place.width / 2) * PT, (place.y + place.height / 2) * PT]
  const [rx, ry] = [(place.width / 2) * PT, (place.height / 2) * PT]
  if (place.kind === 'circle') return { page, x, y, rx: rx + 1, ry: ry + 1 }
  const size = Math.max(SMALLEST, Math.min(place.width, place.height) * PT * 1.1)
  const { face, width } = glyphOf('✓')
  return { page, x: x - (width * size) / 2, y: y + size * 0.36, text: '✓', size, face }
}

/** A character in each cell, from comb to comb; null where there are too few cells. */
function inCombs(combs: FormPlace[], value: string): Drawn[] | null {
  const cells = combs.flatMap(({ page, x, y, width, height, cells: count = 1 }) =>
    Array.from({ length: count }, (_cell, index) => ({
      ...{ page, y, height },
      x: x + (width * index) / count,
      width: width / count,
    }))
  )
  const whole = [...value]
  const digits = [...value.replace(DASHES, '')]
  // Forms print the dashes themselves.
  const isNumber = digits.length === cells.length && digits.every((one) => /\p{Nd}/u.test(one))
  const characters = isNumber ? digits : whole
  if (characters.length > cells.length) return null
  const before = combs.at(-1)!.fromRight ? cells.length - characters.length : 0
  return characters.map((text, index) => {
    const { page, x, y, width, height } = cells[before + index]
    const glyph = glyphOf(text)
    const size = Math.min(LARGEST, height * PT * OF_HEIGHT, width * PT * 0.95)
    return {
      ...{ page, text, size, face: glyph.face },
      x: (x + width / 2) * PT - (glyph.width * size) / 2,
      y: y * PT + (height * PT - size) / 2 + size * ASCENT,
    }
  })
}

/** In one line where that can be read, else in as many as go in; null where it goes in nowhere. */
function inBox(place: FormPlace, value: string): Drawn[] | null {
  const high = place.height * PT
  const largest = Math.min(LARGEST, Math.max(SMALLEST, high * OF_HEIGHT))
  for (let size = largest; size >= READABLE; size -= STEP) {
    const made = set(place, value, size)
    if (made && made.lines === value.split('\n').length) return made.drawn
  }
  for (let size = largest; size >= SMALLEST; size -= STEP) {
    const made = set(place, value, size)
    if (made) return made.drawn
  }
  return null
}

/** Sets a value in one size; null where it doesn't go in. */
function set(
  { page, x, y, width, height }: FormPlace,
  value: string,
  size: number
): { drawn: Drawn[]; lines: number } | null {
  const [wide, high] = [width * PT, height * PT]
  const beside = Math.min(BESIDE, wide * 0.05)
  const widest = (wide - 2 * beside) / size
  const lines = broken(value, widest)
  const tall = size * (1 + (lines.length - 1) * LEADING)
  if (tall > high || lines.some((line) => widthOf(line) > widest)) return null
  const top = y * PT + (high - tall) / 2
  const drawn = lines.flatMap((line, index) =>
    runsOf(line, {
      ...{ page, size },
      x: x * PT + beside,
      y: top + size * (index * LEADING + ASCENT),
    })
  )
  return { drawn, lines: lines.length }
}

/** Breaks a value into lines of at most so many em; numbers and words in Latin letters stay whole, and stick out. */
function broken(value: string, widest: number): string[] {
  return value.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const part of paragraph.match(PARTS) ?? []) {
      if (line !== '' && widthOf(line + part) > widest) {
        lines.push(line)
        line = ''
      }
      line += part
    }
    return [...lines, line]
  })
}

/** em */
function widthOf(line: string): number {
  return [...line].reduce((sum, one) => sum + glyphOf(one).width, 0)
}

/** The parts of a line that one face prints. */
function runsOf(
  line: string,
  { x, ...at }: { page: number; size: number; x: number; y: number }
): Drawn[] {
  const runs: (Drawn & { text: string })[] = []
  let from = x
  for (const character of line) {
    const { face, width } = glyphOf(character)
    const last = runs.at(-1)
    if (last && 'face' in last && last.face === face) last.text += character
    else runs.push({ ...at, x: from, text: character, face })
    from += width * at.size
  }
  return runs
}

/** A name of an option as it is compared. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toLowerCase()
}
