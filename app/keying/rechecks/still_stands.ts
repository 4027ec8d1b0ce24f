import { frozenVersion } from '#app/catalog/frozen_version'
import { recheckListeners } from '#app/keying/rechecks/recheck_listener'
import { contactOf } from '#app/registry/contact'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { factsOf } from '#app/submissions/search_tokens'
import type Submission from '#app/submissions/submission'
import type { Queries } from '#app/core/queries'

/** Finds those of some requests that no room has let go of since. */
export async function standing(client: Queries, ids: string[]): Promise<string[]> {
  let left = ids
  for (const listener of recheckListeners.all())
    if (left.length > 0) left = (await listener.standing?.(client, left)) ?? left
  return left
}

/** Whether a correction of a request may be handed over again: it is still in force, and its person lives. */
export async function stillStands(client: Queries, submission: Submission): Promise<boolean> {
  const isEnded = !['replying', 'closed'].includes(submission.state)
  if (isEnded || (await standing(client, [submission.id])).length === 0) return false
  const version = await frozenVersion(submission.serviceVersionId, client)
  const values = (await latestValues(submission, client))?.values
  const facts = factsOf(version.description.person, valueIn(values))
  const { id: submissionId, clientId } = submission
  const { stop } = await contactOf({ submissionId, clientId, facts }, client)
  return stop !== 'deceased'
}
