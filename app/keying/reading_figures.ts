import db from '@adonisjs/lucid/services/db'
import { evidenceOf, TARGET_ERROR } from '#app/keying/machine_keyer'
import { curveOf, learnThresholds, type CurvePoint } from '#app/reading/learn_thresholds'

export interface FieldFigures {
  field: string
  /** settled readings; read without a doubt; asked for a reason; right after all */
  total: number
  clear: number
  asked: number
  right: number
}

export interface KindCurve {
  kind: string
  threshold: number | null
  points: CurvePoint[]
  total: number
}

/** Figures of what became of the machine's readings of a service. */
export interface ReadingFigures {
  fields: FieldFigures[]
  curves: KindCurve[]
  worst: { submissionId: string; receipt: string; field: string; confidence: number }[]
  target: number
}

/** The number of the surest mistakes that are shown. */
const WORST = 12
/** Points of a curve that are drawn. */
const DRAWN = 60

/** Read without help, asked, right: by field; and by kind what each threshold would have meant. */
export async function readingFigures(serviceId: string): Promise<ReadingFigures> {
  const results = () => db.from('reading_results').where('reading_results.service_id', serviceId)
  const fields: FieldFigures[] = await results()
    .groupBy('field_key')
    .orderBy('field_key')
    .select(
      'field_key as field',
      db.raw('count(*)::int as total'),
      db.raw('count(*) filter (where asked_for is null)::int as clear'),
      db.raw('count(*) filter (where asked_for is not null)::int as asked'),
      db.raw('count(*) filter (where is_right)::int as right')
    )
  const worst = await results()
    .where({ is_right: false, asked_for: null })
    .join('submissions', 'submissions.id', 'reading_results.submission_id')
    .whereNot('submissions.state', 'erased')
    .orderBy('confidence', 'desc')
    .limit(WORST)
    .select(
      'reading_results.submission_id as submissionId',
      'submissions.receipt',
      'field_key as field',
      'confidence'
    )
  const evidence = await evidenceOf(serviceId, db)
  const thresholds = learnThresholds(evidence, TARGET_ERROR)
  const curves = [...Map.groupBy(evidence, (one) => one.kind)].map(([kind, own]) => {
    const points = curveOf(own)
    const step = Math.max(1, Math.ceil(points.length / DRAWN))
    return {
      kind,
      threshold: thresholds[kind] ?? null,
      points: points.filter((_, index) => index % step === 0 || index === points.length - 1),
      total: own.length,
    }
  })
  return { fields, curves, worst, target: TARGET_ERROR }
}
