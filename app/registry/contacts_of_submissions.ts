import { frozenVersion } from '#app/catalog/frozen_version'
import { contactsOf, type Contact } from '#app/registry/contact'
import { latestValuesOf, valueIn } from '#app/submissions/revision_values'
import { factsOf } from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'
import type { Queries } from '#app/core/queries'

/** Whether and where the people of submissions may be written to or called, by what their newest values say. */
export async function contactsOfSubmissions(
  ids: string[],
  client: Queries
): Promise<Map<string, Contact>> {
  const submissions = Submission.$createMultipleFromAdapterResult(
    await client
      .from('submissions')
      .whereIn('id', [...new Set(ids)])
      .whereNot('state', 'erased')
  )
  const values = await latestValuesOf(submissions, client)
  const asked = await Promise.all(
    submissions.map(async (submission) => {
      const version = await frozenVersion(submission.serviceVersionId, client)
      return {
        submissionId: submission.id,
        clientId: submission.clientId,
        facts: factsOf(version.description.person, valueIn(values.get(submission.id))),
      }
    })
  )
  return contactsOf(asked, client)
}
