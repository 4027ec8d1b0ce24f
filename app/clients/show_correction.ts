import { frozenVersion } from '#app/catalog/frozen_version'
import { show, typed } from '#app/catalog/field_values'
import Correction, { requestSealContext } from '#app/clients/correction'
import { latestValues } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { openSealer } from '#app/core/sealing'

/** Returns what the leader sees of a correction that is asked for. */
export async function showCorrection(id: string, locale: 'ja' | 'en') {
  const correction = await Correction.findOrFail(id)
  const submission = await Submission.findOrFail(correction.submissionId)
  const version = await frozenVersion(submission.serviceVersionId)
  const field = version.field(correction.fieldKey)
  const latest = await latestValues(submission)
  const standing = latest?.values.get(field.key)
  const sealer = await openSealer(submission.dataKeyId)
  return {
    submission,
    field,
    group: version.groupOf(field.key),
    request: sealer.openText(requestSealContext(id), correction.request),
    now: standing ? show(field, standing.value, locale) : '',
    basis: standing?.basis ?? null,
    typed: standing ? typed(field, standing.value) : '',
    onPaper: submission.channel === 'paper',
    doubt: null,
  }
}
