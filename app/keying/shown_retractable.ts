import { frozenVersion } from '#app/catalog/frozen_version'
import type { Text } from '#app/catalog/description'
import { retractable } from '#app/keying/take_back'
import Submission from '#app/submissions/submission'

/** Finds what somebody saved last and can take back, by its name on the form; null where there is nothing. */
export async function shownRetractable(userId: string): Promise<{ label: Text } | null> {
  const last = await retractable(userId)
  if (!last) return null
  const { serviceVersionId } = await Submission.findOrFail(last.submissionId)
  return { label: (await frozenVersion(serviceVersionId)).group(last.groupKey).label }
}
