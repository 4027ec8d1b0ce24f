import { frozenVersion } from '#app/catalog/frozen_version'
import { contactOf } from '#app/registry/contact'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { factsOf } from '#app/submissions/search_tokens'
import type Submission from '#app/submissions/submission'
import type { Queries } from '#app/core/queries'

/** The newest handover of a request `s` went through: what was canceled, declined or given up isn't corrected. */
export const HANDED_OVER = `(select h.state from handovers h where h.submission_id = s.id order by h.created_at desc, h.id desc limit 1) = 'done'`

/** Whether a correction of a request may be handed over again: it is still in force, and its person lives. */
export async function stillStands(client: Queries, submission: Submission): Promise<boolean> {
  const { rows } = await client.rawQuery<{ rows: unknown[] }>(
    `select 1 from submissions s where s.id = :id and s.state in ('replying', 'closed') and ${HANDED_OVER}`,
    { id: submission.id }
  )
  if (rows.length === 0) return false
  const version = await frozenVersion(submission.serviceVersionId, client)
  const values = (await latestValues(submission, client))?.values
  const facts = factsOf(version.description.person, valueIn(values))
  const { id: submissionId, clientId } = submission
  const { stop } = await contactOf({ submissionId, clientId, facts }, client)
  return stop !== 'deceased'
}
