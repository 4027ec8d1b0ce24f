import type { Queries } from '#app/core/queries'
import type ServiceVersion from '#app/catalog/service_version'
import { adjudicationSealContext } from '#app/keying/adjudicate'
import { compareEntries } from '#app/keying/compare_entries'
import { entriesOf, type Entry } from '#app/keying/entry'
import { isKeyed, needsThird } from '#app/keying/passes'
import type { StandingValue } from '#app/submissions/revision_values'
import type { Sealer } from '#app/core/sealing'

export type Resolution =
  | { state: 'keying' }
  | { state: 'disagree'; groups: string[]; thirds: string[] }
  | { state: 'settled'; values: Map<string, StandingValue> }

/**
 * Tells where the keying of a round stands: still going on; groups that wait for a third keyer, or else for the leader; or
 * every value with its basis. Only groups whose page came in are keyed.
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
  if (groups.some((group) => !isKeyed(version.group(group), entries.get(group) ?? [])))
    return { state: 'keying' }

  const decided = await decisionsOf(submission, sealer, client)
  const values = new Map<string, StandingValue>()
  const open = new Set<string>()
  for (const group of groups) {
    for (const one of compareEntries(version.group(group), entries.get(group)!)) {
      const decision = decided.get(one.field.key)
      if (one.agreed)
        values.set(one.field.key, {
          value: one.value,
          basis: basisOf(one.entries),
          sourceType: 'entry',
          sourceId: one.entries[0].id,
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
  if (open.size === 0) return { state: 'settled', values }
  const thirds = [...open].filter((key) => needsThird(version.group(key), entries.get(key)!))
  return { state: 'disagree', groups: [...open].filter((key) => !thirds.includes(key)), thirds }
}

/** Two people are more than one and the machine, whoever else gave the same. */
function basisOf(alike: Entry[]): 'agreed' | 'machine' | 'single' {
  const people = alike.filter(({ source }) => source !== 'machine').length
  if (people > 1) return 'agreed'
  return alike.length > people ? 'machine' : 'single'
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
