import type { Field, Zone } from '#app/catalog/description'
import { normalize } from '#app/catalog/kinds'
import {
  cut,
  inkBounds,
  inkShare,
  prepareLine,
  sideBySide,
  whiten,
  type GrayImage,
} from '#app/recognition/gray_image'
import { readMarks } from '#app/recognition/read_marks'
import type { Recognizer } from '#app/recognition/recognizer'
import { SCALE } from '#app/recognition/registered_page'

export interface FieldReading {
  key: string
  value: string
  /** what stood there before it was brought into the compared form */
  candidates: string[]
  /** 0 to 1 */
  confidence: number
  /** `ask`: a person keys it. Nothing is offered unread yet. */
  decision: 'offer' | 'ask'
  /** mm from the page's top left corner */
  region: { page: number; x: number; y: number; width: number; height: number }
}

/** mm inside a box's frame that are left out, and px of white that the engine wants around a line */
const FRAME = 0.8
const LINE_HEIGHT = 60
const DIGIT_HEIGHT = 44
const LINE_MARGIN = 24
/** less ink than this is an empty box */
const BLANK = 0.002

/** Reads one field of a registered page by its kind. */
export async function readField(
  page: GrayImage,
  field: Field,
  zones: Zone[],
  recognizer: Recognizer
): Promise<FieldReading> {
  const { raw, confidence } = await readRaw(page, field, zones, recognizer)
  const { value } = normalize({ ...field, required: false }, raw)
  return {
    key: field.key,
    value,
    candidates: raw === value ? [] : [raw],
    confidence,
    decision: 'ask',
    region: regionOf(zones),
  }
}

async function readRaw(
  page: GrayImage,
  field: Field,
  zones: Zone[],
  recognizer: Recognizer
): Promise<{ raw: string; confidence: number }> {
  const options = zones.filter((zone) => zone.part === 'option')
  const cells = zones.filter((zone) => zone.part === 'cell').sort((a, b) => a.index! - b.index!)
  const marks = readMarks(page, options)
  const chosen = marks.filter((mark) => mark.marked).map((mark) => mark.option)
  const certainty = Math.min(1, ...marks.map((mark) => mark.confidence))
  if (cells.length > 0) {
    const digits = await readCells(page, cells, recognizer)
    if (options.length === 0) return { raw: digits.text, confidence: digits.confidence }
    const era = chosen.length === 1 ? chosen[0] : ''
    return {
      raw: digits.text === '' && era === '' ? '' : `${era}${digits.text}`,
      confidence: Math.min(certainty, digits.confidence),
    }
  }
  if (field.kind === 'choice')
    return {
      raw: chosen.length > 1 ? '' : (chosen[0] ?? ''),
      confidence: chosen.length > 1 ? 0 : certainty,
    }
  if (field.kind === 'ticks') return { raw: chosen.join(','), confidence: certainty }
  return readBox(page, zones[0], recognizer)
}

/** Cuts a comb into its cells and reads what isn't empty as one line of digits. */
async function readCells(page: GrayImage, cells: Zone[], recognizer: Recognizer) {
  const digitsInk = cells
    .map((cell) => inkOf(inside(page, cell), BLANK * 4))
    .filter((ink) => ink !== null)
  if (digitsInk.length === 0) return { text: '', confidence: 1 }
  const line = sideBySide(
    await Promise.all(digitsInk.map((ink) => prepareLine(ink, DIGIT_HEIGHT, 8))),
    4
  )
  const { text, confidence } = await recognizer.read(
    await prepareLine(line, line.height, LINE_MARGIN),
    { expects: 'digits' }
  )
  const digits = text.replace(/\D/g, '')
  return { text: digits, confidence: digits.length === cells.length ? confidence : confidence / 2 }
}

async function readBox(page: GrayImage, zone: Zone, recognizer: Recognizer) {
  const ink = inkOf(inside(page, zone), BLANK)
  if (!ink) return { raw: '', confidence: 1 }
  const lines = ink.height > 12 * SCALE ? 'block' : 'line'
  const picture = await prepareLine(ink, lines === 'block' ? ink.height : LINE_HEIGHT, LINE_MARGIN)
  const { text, confidence } = await recognizer.read(picture, { expects: lines })
  return { raw: text.replace(/\n/g, ''), confidence }
}

/** The inked part of a picture on white; null when it is empty. */
function inkOf(picture: GrayImage, blank: number): GrayImage | null {
  const bounds = inkShare(picture) < blank ? null : inkBounds(picture)
  return bounds && cut(whiten(picture), bounds)
}

function inside(page: GrayImage, zone: Zone): GrayImage {
  return cut(page, {
    left: (zone.x + FRAME) * SCALE,
    top: (zone.y + FRAME) * SCALE,
    width: (zone.width - 2 * FRAME) * SCALE,
    height: (zone.height - 2 * FRAME) * SCALE,
  })
}

function regionOf(zones: Zone[]): FieldReading['region'] {
  const x = Math.min(...zones.map((zone) => zone.x))
  const y = Math.min(...zones.map((zone) => zone.y))
  return {
    page: zones[0].page,
    x,
    y,
    width: Math.max(...zones.map((zone) => zone.x + zone.width)) - x,
    height: Math.max(...zones.map((zone) => zone.y + zone.height)) - y,
  }
}
