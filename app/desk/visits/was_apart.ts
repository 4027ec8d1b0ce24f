import { frozenVersion } from '#app/catalog/frozen_version'
import { askingPerson, personTokens } from '#app/submissions/person_token'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'

/** Whether a request was told apart from all others of the person whom it names. */
export async function wasApart(submission: Submission): Promise<boolean> {
  if (!submission.protected) return false
  const version = await frozenVersion(submission.serviceVersionId)
  const value = valueIn((await latestValues(submission))?.values)
  return !personTokens(askingPerson({ submission, version, value })).includes(
    submission.person ?? ''
  )
}
