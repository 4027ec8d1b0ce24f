import {
  area,
  bottom,
  centerOf,
  holds,
  overlapOf,
  right,
  type BlankPage,
  type FoundZone,
  type ProposedZone,
  type Rectangle,
} from '#app/reading/layout/blank_page'
import { findBubbles } from '#app/reading/layout/find_bubbles'
import { findCells } from '#app/reading/layout/find_cells'
import { findCircles } from '#app/reading/layout/find_circles'
import { findCombs } from '#app/reading/layout/find_combs'
import { findLines } from '#app/reading/layout/find_lines'
import { findTicks, isTick } from '#app/reading/layout/find_ticks'
import { findGaps } from '#app/reading/layout/find_gaps'
import { freeSpace } from '#app/reading/layout/free_space'
import { findUnderlined } from '#app/reading/layout/find_underlined'
import { labelOf } from '#app/reading/layout/label_of'
import { linesOf } from '#app/reading/layout/text_lines'

/** Stands for a character that the file doesn't name. */
const UNKNOWN = '\uFFFD'

/** Two proposals that share more than this are one. */
const SAME = 0.25

/**
 * Says where a blank form offers room for an answer: boxes, combs, tick boxes, words to circle, gaps in
 * printed lines. A person names, moves and removes them afterwards.
 */
export async function proposeZones(page: BlankPage): Promise<ProposedZone[]> {
  const found: (FoundZone & { name?: string })[] =
    page.fields.length > 0 ? ownFields(page) : await byLayout(page)
  return found
    .map(({ name, ...zone }) => ({
      ...zone,
      page: page.number,
      label: labelOf(zone, page.characters) || name || '',
    }))
    .sort((a, b) => Math.round(a.y - b.y) || a.x - b.x)
}

/** A form to be filled in on a screen tells itself where its fields are. */
function ownFields(page: BlankPage): (FoundZone & { name: string })[] {
  return page.fields.map((field) => ({
    ...field,
    kind: field.width < 6 && Math.abs(field.width - field.height) < 1.5 ? 'tick' : 'box',
  }))
}

async function byLayout(page: BlankPage): Promise<FoundZone[]> {
  const lines = await findLines(page)
  const cells = await findCells(page, lines)
  // What is drawn and not written is known by its place alone.
  const drawn = lines.strokes.map((one) => ({ ...one, text: UNKNOWN, ink: one }))
  const printed = [...page.characters.filter((one) => !isTick(one)), ...drawn]
  const combs = findCombs(cells, printed, lines.across)
  const taken = combs.flatMap((comb) =>
    cells.filter((cell) => holds(comb, centerOf(cell)) && area(cell) <= area(comb))
  )
  const ticks = findTicks(
    cells.filter((cell) => !taken.includes(cell)),
    page.characters
  )
  const bubbles = findBubbles(page).filter(
    (one) => ![...combs, ...ticks].some((zone) => overlapOf(zone, one) > 0.1 || swallows(one, zone))
  )
  ticks.push(...bubbles)
  const containers = containersOf(page, cells, [...combs, ...ticks], printed)
  const circles = containers
    .flatMap((one) => findCircles(one.lines))
    .filter((circle) => !ticks.some((tick) => namesTick(circle, tick)))
  const gaps = containers.flatMap((one) => findGaps(one))
  const underlined = findUnderlined(lines, cells, printed)
  const free = containers.flatMap((one) => freeSpace(one))
  const zones: FoundZone[] = [...combs, ...ticks, ...circles]
  for (const zone of [...gaps, ...underlined, ...free]) {
    const known = zones.some(
      (one) => overlapOf(one, zone) > SAME || swallows(zone, one) || headsComb(zone, one)
    )
    if (!known) zones.push(zone)
  }
  return zones
}

/** A place that lies within another's: a box around ticks is no answer of its own. */
function swallows(outer: Rectangle, inner: Rectangle): boolean {
  return holds(outer, centerOf(inner)) && area(inner) < area(outer)
}

/** A word that stands right behind a box to be ticked is its label. */
function namesTick(word: Rectangle, tick: Rectangle): boolean {
  const gap = word.x - right(tick)
  return gap > -1 && gap < 1.5 && Math.abs(centerOf(word).y - centerOf(tick).y) < 2
}

/** The room above a comb holds its title and unit. */
function headsComb(room: Rectangle, comb: FoundZone): boolean {
  const gap = comb.y - bottom(room)
  return comb.kind === 'comb' && gap > -1 && gap < 2 && right(room) > comb.x && room.x < right(comb)
}

/** A cell or the page itself, with what is printed in it and what else lies within. */
export interface Container {
  space: Rectangle
  isPage: boolean
  lines: ReturnType<typeof linesOf>
  /** cells within, and zones found already */
  obstacles: Rectangle[]
}

function containersOf(
  page: BlankPage,
  cells: Rectangle[],
  zones: Rectangle[],
  printed: BlankPage['characters']
): Container[] {
  const whole = { x: 0, y: 0, width: page.widthMm, height: page.heightMm }
  const spaces = [whole, ...cells].filter(
    (space) =>
      space === whole ||
      !zones.some(
        (zone) =>
          overlapOf(zone, space) > 0.5 ||
          (holds(zone, centerOf(space)) && area(space) <= area(zone))
      )
  )
  const smallest = (point: { x: number; y: number }) =>
    spaces.findLast((space) => holds(space, point)) ?? whole
  return spaces.map((space) => {
    const inside = spaces.filter(
      (one) => one !== space && area(one) < area(space) && holds(space, centerOf(one))
    )
    return {
      space,
      isPage: space === whole,
      lines: linesOf(printed.filter((one) => smallest(centerOf(one)) === space)),
      obstacles: [...inside, ...zones.filter((zone) => holds(space, centerOf(zone)))],
    }
  })
}
