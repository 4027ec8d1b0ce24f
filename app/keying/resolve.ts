import type { Queries } from '#app/core/queries'
import type ServiceVersion from '#app/catalog/service_version'
import { adjudicationSealContext } from '#app/keying/adjudicate'
import { compareEntries, PASSES } from '#app/keying/compare_entries'
import { entriesOf, type Entry } from '#app/keying/entry'
import type { StandingValue } from '#app/submissions/revision_values'
import type { Sealer } from '#app/core/sealing'

export type Resolution =
  | { state: 'keying' }
  | { state: 'disagree'; groups: string[] }
  | { state: 'settled'; values: Map<string, StandingValue> }

/**
 * Tells where the keying of a round stands: still going on; groups that wait for the leader; or every value with
 * its basis. Only groups whose page came in are keyed.
 */
export async function resolve(
  submission: { id: string; round: number },
  version: ServiceVersion,
  groups: string[],
  sealer: Sealer,
  client: Queries
): Promise<Resolution> {
  const entries = Map.groupBy(
    await entriesOf(submission.id, submission.round, sealer, client),
    (entry: Entry) => entry.groupKey
  )
  if (groups.some((group) => (entries.get(group)?.length ?? 0) < PASSES)) return { state: 'keying' }

  const decided = await decisionsOf(submission, sealer, client)
  const values = new Map<string, StandingValue>()
  const open = new Set<string>()
  for (const group of groups) {
    for (const one of compareEntries(version.group(group), entries.get(group)!)) {
      const decision = decided.get(one.field.key)
      if (one.agreed)
        values.set(one.field.key, {
          value: one.value,
          basis: entries.get(group)!.some((entry) => entry.source === 'machine')
            ? 'machine'
            : 'agreed',
          sourceType: 'entry',
          sourceId: one.entryId,
        })
      else if (decision)
        values.set(one.field.key, {
          value: decision.value,
          basis: 'adjudicated',
          sourceType: 'adjudication',
          sourceId: decision.id,
        })
      else open.add(group)
    }
  }
  return open.size > 0 ? { state: 'disagree', groups: [...open] } : { state: 'settled', values }
}

async function decisionsOf(
  submission: { id: string; round: number },
  sealer: Sealer,
  client: Queries
) {
  const rows: { id: string; field_key: string; value: Buffer }[] = await client
    .from('adjudications')
    .where({ submission_id: submission.id, round: submission.round })
  return new Map(
    rows.map((row) => [
      row.field_key,
      { id: row.id, value: sealer.openText(adjudicationSealContext(row.id), row.value) },
    ])
  )
}
