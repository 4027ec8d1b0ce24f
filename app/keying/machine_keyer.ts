import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type { EntryGroup } from '#app/catalog/description'
import type ServiceVersion from '#app/catalog/service_version'
import { entrySealContext } from '#app/keying/entry'
import { MACHINE_PASS } from '#app/keying/passes'
import type { KeptReading } from '#app/reading/keep_readings'
import { learnThresholds, type Evidence } from '#app/reading/learn_thresholds'
import { OfferRules } from '#app/reading/offer_rules'
import type Submission from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import type { Queries } from '#app/core/queries'
import type { Sealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

/** Share of the machine's entries that may be wrong: as few as one keyer's (0.3 %, facts of the trade). */
export const TARGET_ERROR = 0.003
/** Milliseconds for which thresholds are used before they are learnt anew. */
const LEARNT_FOR_MS = app.inTest ? 0 : 60_000
/** The newest so many results count: forms, scanners and hands change. */
const NEWEST = 20_000

/** Finds how sure the machine was of a service's readings and whether people settled on the same, the newest first. */
export async function evidenceOf(serviceId: string, client: Queries): Promise<Evidence[]> {
  return (
    client
      .from('reading_results')
      .where('service_id', serviceId)
      // Whatever else was doubtful is asked at any confidence.
      .where((query) => query.whereNull('asked_for').orWhere('asked_for', 'unsure'))
      .orderBy('settled_at', 'desc')
      .limit(NEWEST)
      .select('kind', 'confidence', 'is_right as right')
  )
}

/**
 * Keys by machine the fields of a group that were read with more confidence than the settled work of this service asks
 * for.
 * @returns the keys of these fields: of them one person's entry is enough beside
 */
export async function keyByMachine(
  t: Transition,
  submission: Submission,
  group: EntryGroup,
  { readings, rules, sealer }: MachineKeying
): Promise<Set<string>> {
  const values: Record<string, string> = {}
  for (const field of group.fields) {
    const reading = readings.get(field.key)
    const isClear = reading && (reading.reason === null || reading.reason === 'unsure')
    if (isClear && rules.offers(field.kind, reading.value, reading.confidence))
      values[field.key] = reading.value
  }
  const before: { id: string; values: Buffer } | null = await t.trx
    .from('entries')
    .where({ submission_id: submission.id, group_key: group.key, round: submission.round })
    .where('pass', MACHINE_PASS)
    .select('id', 'values')
    .first()
  // What it has keyed stands, whatever it has learnt since.
  if (before)
    return new Set(Object.keys(sealer.openJson<object>(entrySealContext(before.id), before.values)))
  const keyed = new Set(Object.keys(values))
  if (keyed.size === 0) return keyed
  const id = newId()
  const written = await t.trx
    .knexQuery()
    .insert({
      id,
      submission_id: submission.id,
      group_key: group.key,
      round: submission.round,
      pass: MACHINE_PASS,
      source: 'machine',
      values: sealer.sealJson(entrySealContext(id), values),
    })
    .into('entries')
    .onConflict(['submission_id', 'group_key', 'round', 'pass'])
    .ignore()
    .returning('id')
  if (written.length > 0)
    t.record({
      verb: 'entry.saved',
      subject: { type: 'entry', id },
      clientId: submission.clientId,
      submissionId: submission.id,
      detail: {
        group: group.key,
        pass: MACHINE_PASS,
        round: submission.round,
        machine: true,
      },
    })
  return keyed
}

export interface MachineKeying {
  readings: Map<string, KeptReading>
  rules: OfferRules
  sealer: Sealer
}

const learnt = new Map<string, { rules: OfferRules; at: number }>()

/** Returns what the machine may key of a service, learnt from its settled work alone; a minute old at most. */
export async function learntRules(serviceId: string): Promise<OfferRules> {
  const known = learnt.get(serviceId)
  if (known && Date.now() - known.at < LEARNT_FOR_MS) return known.rules
  const rules = new OfferRules(learnThresholds(await evidenceOf(serviceId, db), TARGET_ERROR))
  learnt.set(serviceId, { rules, at: Date.now() })
  return rules
}

/** Keeps, once all is settled, whether each reading was right: what the next thresholds are learnt from. */
export async function keepResults(
  t: Transition,
  submission: Submission,
  version: ServiceVersion,
  readings: Map<string, KeptReading>,
  settled: (field: string) => string | undefined
): Promise<void> {
  const rows = version.fields.flatMap((field) => {
    const reading = readings.get(field.key)
    const value = settled(field.key)
    if (!reading || value === undefined) return []
    return [
      {
        reading_id: reading.id,
        service_id: version.serviceId,
        submission_id: submission.id,
        page_id: reading.pageId,
        field_key: field.key,
        kind: reading.value === '' ? 'blank' : field.kind,
        confidence: reading.confidence,
        asked_for: reading.reason,
        is_right: reading.value === value,
      },
    ]
  })
  if (rows.length > 0)
    await t.trx.knexQuery().insert(rows).into('reading_results').onConflict('reading_id').ignore()
}
