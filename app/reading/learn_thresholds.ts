import { fieldKinds } from '#app/catalog/fields/field_kind'
import type { Thresholds } from '#app/reading/offer_rules'

/** A machine's reading of a field, and whether people settled on the same. */
export interface Evidence {
  kind: string
  confidence: number
  right: boolean
}

/** One point of the curve: what offering from this confidence on would have meant. */
export interface CurvePoint {
  threshold: number
  offered: number
  wrong: number
}

/** From so many readings on a kind stands for itself; before, one mistake of its own is reason enough to ask. */
const ENOUGH_OF_ITS_OWN = 400

/** The name of a blank among the kinds. */
const BLANK = 'blank'
/** Kinds read alike, which stand in for each other where one has too little evidence of its own. */
const ALIKE = [['marks', 'presence', BLANK], ['digits', 'date', 'era_date'], ['kana'], ['writing']]

function likesOf(kind: string): string[] {
  const of = kind === BLANK ? BLANK : fieldKinds.get(kind).reading.of
  return ALIKE.find((group) => group.includes(of))!
}

/** Tells what offering from each confidence on would have meant, from the surest reading down. */
export function curveOf(evidence: Evidence[]): CurvePoint[] {
  const sorted = [...evidence].sort((a, b) => b.confidence - a.confidence)
  let wrong = 0
  return sorted.flatMap((one, index) => {
    if (!one.right) wrong++
    // Readings of one confidence are offered together or not at all.
    if (sorted[index + 1]?.confidence === one.confidence) return []
    return [{ threshold: one.confidence, offered: index + 1, wrong }]
  })
}

/**
 * The lowest confidence from which on the share of wrong readings stays under `target`, as far as the evidence
 * tells; undefined where it doesn't tell. Half an error is added: no error among few readings proves little.
 * @param target share of offered readings that may be wrong, 0 to 1
 */
export function thresholdFor(evidence: Evidence[], target: number): number | undefined {
  return curveOf(evidence).findLast((point) => (point.wrong + 0.5) / (point.offered + 1) <= target)
    ?.threshold
}

/** A threshold for every kind that has evidence enough, of its own or of kinds that are read alike. */
export function learnThresholds(evidence: Evidence[], target: number): Thresholds {
  const found: Thresholds = {}
  for (const kind of [...fieldKinds.all().map(({ name }) => name), BLANK]) {
    const own = evidence.filter((one) => one.kind === kind)
    const pooled = () => evidence.filter((one) => likesOf(one.kind) === likesOf(kind))
    // Evidence of its own, once there is enough to speak, is never overruled by its likes.
    const threshold = thresholdFor(own.length < ENOUGH_OF_ITS_OWN ? pooled() : own, target)
    const contradicted = own.some((one) => !one.right && one.confidence >= (threshold ?? 0))
    if (own.length < ENOUGH_OF_ITS_OWN && contradicted) continue
    if (threshold !== undefined) found[kind] = threshold
  }
  return found
}
