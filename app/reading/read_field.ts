import type { Field, Zone } from '#app/catalog/description'
import { kindOf, normalize } from '#app/catalog/field_values'
import { PRESENT } from '#app/catalog/fields/presence'
import type { Problem } from '#app/catalog/fields/field_kind'
import { mendReading } from '#app/reading/mend_reading'
import type { OfferRules } from '#app/reading/offer_rules'
import type { LaidOut } from '#app/reading/own_print'
import { readMarks, type ReadMarks } from '#app/reading/read_marks'
import type { Opinion } from '#app/reading/opinion'
import { readWriting, type ReadWriting } from '#app/reading/read_writing'
import type { Recognizer } from '#app/reading/recognizer'

/** A reason to ask about a field although something stands there. */
export type Doubt =
  | 'two_marks'
  | 'canceled'
  | 'unclear_mark'
  | 'stray'
  | 'faint'
  | 'struck'
  | 'seal'
  | 'overrun'
  | 'unsure'
  | 'engines_differ'
  | Problem

export interface FieldReading {
  key: string
  value: string
  /** what each engine said, before it was brought into the compared form */
  candidates: Opinion[]
  /** 0 to 1 */
  confidence: number
  /** `offer`: good enough to stand beside a keyer's; `ask`: a person keys it */
  decision: 'offer' | 'ask'
  /** why it is asked */
  reason?: Doubt
  /** mm from the page's top left corner */
  region: { page: number; x: number; y: number; width: number; height: number }
}

interface Raw {
  raw: string
  confidence: number
  opinions: Opinion[]
  doubt?: Doubt
}

/** Reads one field of a page by its kind. */
export async function readField(
  laidOut: LaidOut,
  field: Field,
  zones: Zone[],
  recognizer: Recognizer,
  rules: OfferRules
): Promise<FieldReading> {
  const { raw, confidence, opinions, doubt } = await readRaw(laidOut, field, zones, recognizer)
  const mended = mendReading(field, raw)
  const { value, problem } = normalize({ ...field, required: false }, mended)
  // A check digit that fits says more than a second engine.
  const checked = field.check && !problem && doubt === 'engines_differ'
  const reason =
    (checked ? undefined : doubt) ??
    problem ??
    (rules.offers(field.kind, value, confidence) ? undefined : 'unsure')
  return {
    key: field.key,
    value,
    candidates: opinions,
    confidence,
    decision: reason ? 'ask' : 'offer',
    reason,
    region: regionOf(zones),
  }
}

async function readRaw(
  laidOut: LaidOut,
  field: Field,
  zones: Zone[],
  recognizer: Recognizer
): Promise<Raw> {
  const options = zones.filter((zone) => zone.part === 'option')
  const cells = zones.filter((zone) => zone.part === 'cell').sort((a, b) => a.index! - b.index!)
  const { reading } = kindOf(field)
  const several = reading.of === 'marks' && reading.several
  const marks = options.length > 0 ? readMarks(laidOut, options, !several) : undefined
  if (cells.length === 0 && marks)
    return {
      raw: marks.chosen.join(','),
      confidence: marks.confidence,
      opinions: [],
      doubt: marks.doubt,
    }
  const writing = await readWriting(
    laidOut,
    cells.length > 0 ? cells : [zones[0]],
    { ...reading, fromTheRight: kindOf(field).fromTheRight },
    recognizer
  )
  if (reading.of === 'presence')
    return {
      raw: writing.blank ? '' : PRESENT,
      confidence: 0.99,
      opinions: [],
      doubt: writing.doubt === 'faint' ? 'faint' : undefined,
    }
  return marks ? withEra(marks, writing) : { ...writing, raw: writing.text }
}

/** A date has its era ticked and its digits in cells: both or none. */
function withEra(marks: ReadMarks, writing: ReadWriting): Raw {
  const empty = writing.text === '' && marks.chosen.length === 0
  const half = !empty && (writing.text === '' || marks.chosen.length !== 1)
  return {
    raw: empty ? '' : `${marks.chosen.length === 1 ? marks.chosen[0] : ''}${writing.text}`,
    confidence: Math.min(marks.confidence, writing.confidence),
    opinions: writing.opinions,
    doubt: marks.doubt ?? writing.doubt ?? (half ? 'date' : undefined),
  }
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
