import type ServiceVersion from '#app/catalog/service_version'
import { newId } from '#app/core/ids'
import type { Sealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import { entrySealContext } from '#app/keying/entry'
import type { StandingValue } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'

/**
 * Writes what was keyed while its person was there, and what they heard or read back and agreed to: both entries of
 * every group.
 * @returns what stands by it
 */
export async function writeReadBack(
  t: Transition,
  submission: Submission,
  sealer: Sealer,
  version: ServiceVersion,
  { userId, values: all }: { userId: string; values: Record<string, string> }
): Promise<Map<string, StandingValue>> {
  const standing = new Map<string, StandingValue>()
  const entries = version.description.groups.flatMap((group) => {
    const values = Object.fromEntries(group.fields.map(({ key }) => [key, all[key] ?? '']))
    return (['person', 'read_back'] as const).map((source, index) => {
      const id = newId()
      for (const [field, value] of Object.entries(values))
        standing.set(field, { value, basis: 'read_back', sourceType: 'entry', sourceId: id })
      return {
        id,
        submission_id: submission.id,
        group_key: group.key,
        round: submission.round,
        pass: index + 1,
        source,
        user_id: source === 'person' ? userId : null,
        values: sealer.sealJson(entrySealContext(id), values),
      }
    })
  })
  await t.trx.table('entries').multiInsert(entries)
  return standing
}
