import type { Zone } from '#app/catalog/description'
import { common, inset, outer } from '#app/reading/boxes'
import type { Box } from '#app/reading/gray_image'
import { faintShare, shareWithin, surrounds } from '#app/reading/ink_in_box'
import { blotsOf, type Blot } from '#app/reading/ink_blots'
import { INK, writtenAt, type LaidOut, type Written } from '#app/reading/own_print'
import type { Doubt } from '#app/reading/read_field'
import { hasPaleStroke } from '#app/reading/pale_stroke'
import { SCALE } from '#app/reading/registered_page'

/** mm around the options within which ink may belong to them */
const AROUND = 2.6
/** mm inside a box's frame; of a small box a share of its side */
const FRAME = 0.75
const FRAME_SHARE = 0.2
/** mm; smaller is dirt; in a small box a share of its side */
const DIRT = 1
const DIRT_SHARE = 0.16
/** mm; as large as a mark, beside every box */
const STRAY = 2.4
/** Share of a box's side that a mark reaches over, and of its area that is inked */
const MARKED = { reach: 0.42, share: 0.03 }
/** Less ink than this is an empty box; more than the second a box filled in. */
const EMPTY = 0.006
const FILLED = 0.5
/** so much of neither paper nor ink in a box is a faint mark */
const FAINT_SHARE = 0.035
/** mm from a box's frame: what is left of it on a bad copy is no mark */
const RESIDUE = 0.7

export type MarkState = 'empty' | 'marked' | 'filled' | 'doubt'

export interface ReadMark {
  option: string
  state: MarkState
  doubt?: Doubt
}

/** A reading of a field's marks: the chosen options, or why it has to be asked. */
export interface ReadMarks {
  marks: ReadMark[]
  chosen: string[]
  doubt?: Doubt
  /** 0 to 1: how far the ink is from what could be read either way */
  confidence: number
}

/**
 * Reads boxes to be ticked and words to be circled: ticks, crosses, filled boxes, rings. Two kinds of marks in one
 * field may be a mark and one that was canceled by overfilling: that is asked.
 * @param single only one option may be chosen
 */
export function readMarks(laidOut: LaidOut, zones: Zone[], single: boolean): ReadMarks {
  const written = writtenAt(laidOut, zones, AROUND)
  const dirt = Math.min(DIRT, ...zones.map((zone) => DIRT_SHARE * sideOf(zone)))
  const blots = blotsOf(written.picture, INK).filter(
    (blot) => Math.max(blot.width, blot.height) >= dirt * SCALE
  )
  const owned = ownersOf(blots, zones, written)
  const marks = zones.map((zone, index) =>
    zone.shape === 'word'
      ? readRing(zone, owned.by[index], written)
      : readBox(zone, owned.by[index], written)
  )
  const chosen = marks.filter((mark) => mark.state === 'marked' || mark.state === 'filled')
  const doubt =
    owned.doubt ??
    marks.find((mark) => mark.doubt)?.doubt ??
    (single && chosen.length > 1 ? 'two_marks' : undefined) ??
    (new Set(chosen.map((mark) => mark.state)).size > 1 ? 'canceled' : undefined)
  return {
    marks,
    chosen: chosen.map((mark) => mark.option),
    doubt,
    confidence: doubt ? 0.5 : 0.99,
  }
}

/** Gives each blot to its option; a blot on two of them, or a large one on none, leaves the field in doubt. */
function ownersOf(blots: Blot[], zones: Zone[], written: Written): { by: Blot[][]; doubt?: Doubt } {
  const by: Blot[][] = zones.map(() => [])
  let doubt: Doubt | undefined
  for (const blot of blots) {
    const shares = zones.map((zone) =>
      shareWithin(
        blot,
        inset(written.place(zone), (zone.shape === 'word' ? -1 : frameOf(zone)) * SCALE),
        written
      )
    )
    const max = Math.max(...shares)
    const touched = shares.filter((share) => share > 0.12).length
    if (touched > 1 && !ringsOne(blot, zones, written)) doubt = 'struck'
    if (max > 0.02) by[shares.indexOf(max)].push(blot)
    else if (isStray(blot, zones, written)) doubt ??= 'stray'
  }
  return { by, doubt }
}

/** mm; the shorter side */
function sideOf({ width, height }: Zone): number {
  return Math.min(width, height)
}

function frameOf(zone: Zone): number {
  return Math.min(FRAME, FRAME_SHARE * sideOf(zone))
}

/** A ring around one word may touch its neighbor. */
function ringsOne(blot: Blot, zones: Zone[], written: Written): boolean {
  return (
    zones.filter((zone) => zone.shape === 'word' && surrounds(blot, written.place(zone))).length ===
    1
  )
}

/** As large as a mark, and near a box: somebody may have meant it. */
function isStray(blot: Blot, zones: Zone[], written: Written): boolean {
  if (Math.max(blot.width, blot.height) < STRAY * SCALE) return false
  return zones.some((zone) => {
    const near = inset(written.place(zone), -1.2 * SCALE)
    return (
      blot.left < near.left + near.width &&
      blot.left + blot.width > near.left &&
      blot.top < near.top + near.height &&
      blot.top + blot.height > near.top
    )
  })
}

function readBox(zone: Zone, blots: Blot[], written: Written): ReadMark {
  const option = zone.option!
  const inner = inset(written.place(zone), frameOf(zone) * SCALE)
  const area = inner.width * inner.height
  const ink = blots.reduce((sum, blot) => sum + shareWithin(blot, inner, written) * blot.area, 0)
  const share = ink / area
  const longest = Math.max(0, ...blots.map((blot) => Math.max(blot.width, blot.height)))
  if (longest > 3.2 * Math.max(inner.width, inner.height) + 5 * SCALE)
    return { option, state: 'doubt', doubt: 'struck' }
  const reach = reachOf(blots, inner) / Math.max(inner.width, inner.height)
  if (share >= FILLED) return { option, state: 'filled' }
  if (share >= MARKED.share && reach >= MARKED.reach) return { option, state: 'marked' }
  if (share > EMPTY) return { option, state: 'doubt', doubt: 'unclear_mark' }
  const middle = inset(inner, RESIDUE * SCALE)
  return faintShare(inner, written) > FAINT_SHARE || hasPaleStroke(written.picture, middle)
    ? { option, state: 'doubt', doubt: 'faint' }
    : { option, state: 'empty' }
}

/** Measures how far the ink reaches within a box: px, along its wider way. */
function reachOf(blots: Blot[], inner: Box): number {
  if (blots.length === 0) return 0
  const { width, height } = common(inner, outer(blots))
  return Math.max(width, height)
}

/** A ring goes around the word; a stroke through it or beside it could mean either. */
function readRing(zone: Zone, blots: Blot[], written: Written): ReadMark {
  const option = zone.option!
  const word = written.place(zone)
  const ink = blots.reduce((sum, blot) => sum + blot.area, 0) / (word.width * word.height)
  if (blots.length === 0 || ink < EMPTY)
    return faintShare(inset(word, -1 * SCALE), written) > FAINT_SHARE
      ? { option, state: 'doubt', doubt: 'faint' }
      : { option, state: 'empty' }
  const all = outer(blots)
  const tooLarge =
    all.width > 3 * word.width + 4 * SCALE || all.height > 3 * word.height + 3 * SCALE
  return surrounds(all, word) && !tooLarge
    ? { option, state: 'marked' }
    : { option, state: 'doubt', doubt: 'unclear_mark' }
}
