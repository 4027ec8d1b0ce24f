import ServiceVersion from '#app/catalog/service_version'
import Submission from '#app/submissions/submission'
import { latestValuesOf, valueIn } from '#app/submissions/revision_values'
import { searchTerms, writeSearchTokens } from '#app/submissions/search_tokens'
import { rewrapDataKeys } from '#app/core/sealing'
import { submissionListeners } from '#app/submissions/submission_listener'
import { personToken } from '#app/submissions/person_token'
import { transition } from '#app/core/transition'

const BATCH = 200

/**
 * Wraps all data keys with the newest sealing key and writes search tokens and persons' tokens anew; after
 * that the older sealing keys can be taken out of the settings.
 */
export async function rotateKeys(): Promise<{ dataKeys: number; submissions: number }> {
  const dataKeys = await transition((t) => rewrapDataKeys(t.trx))
  const versions = new Map((await ServiceVersion.all()).map((version) => [version.id, version]))
  let submissions = 0
  for (let page = 1; ; page++) {
    const batch = await Submission.query()
      .whereNot('state', 'erased')
      .orderBy('id')
      .forPage(page, BATCH)
    const values = await latestValuesOf(batch)
    for (const submission of batch) {
      const standing = values.get(submission.id)
      if (!standing) continue
      const version = versions.get(submission.serviceVersionId)!
      const value = valueIn(standing)
      const person = personToken({
        submissionId: submission.id,
        fields: version.description.person,
        value,
      })
      await transition(async (t) => {
        await writeSearchTokens(
          t.trx,
          submission.id,
          searchTerms(version.description.person, value)
        )
        for (const { rotated } of submissionListeners.all())
          await rotated?.(t, submission, { version, value, person })
        await t.trx.from('submissions').where('id', submission.id).update({ person })
      })
      submissions++
    }
    if (batch.length < BATCH) return { dataKeys, submissions }
  }
}
