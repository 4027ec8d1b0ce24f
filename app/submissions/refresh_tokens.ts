import { frozenVersion } from '#app/catalog/frozen_version'
import { latestValuesOf, valueIn } from '#app/submissions/revision_values'
import { searchTerms, TOKENS_VERSION, writeSearchTokens } from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'
import { transition } from '#app/core/transition'

const AT_ONCE = 200

/** Writes search tokens anew where an older version wrote them; how many submissions. Run by the worker. */
export async function refreshTokens(): Promise<number> {
  return transition(async (t) => {
    const submissions = await Submission.query({ client: t.trx })
      .where('tokensVersion', '<', TOKENS_VERSION)
      .orderBy('id')
      .limit(AT_ONCE)
      .forUpdate()
      .skipLocked()
    const living = submissions.filter((submission) => submission.state !== 'erased')
    const values = await latestValuesOf(living, t.trx)
    for (const submission of living) {
      const known = values.get(submission.id)
      if (!known) continue
      const version = await frozenVersion(submission.serviceVersionId, t.trx)
      const terms = searchTerms(version.description.person, valueIn(known))
      await writeSearchTokens(t.trx, submission.id, terms)
    }
    await t.trx
      .from('submissions')
      .whereIn(
        'id',
        submissions.map((submission) => submission.id)
      )
      .update({ tokens_version: TOKENS_VERSION })
    return submissions.length
  })
}
