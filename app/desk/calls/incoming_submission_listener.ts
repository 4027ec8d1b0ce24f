import { frozenVersion } from '#app/catalog/frozen_version'
import { keysAndFiles, type SealedRow } from '#app/core/sealed_rows'
import { blindIndexes } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import { CALL_NUMBER } from '#app/replies/calls/number_token'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { searchTokensOf } from '#app/submissions/search_tokens'
import type Submission from '#app/submissions/submission'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** The numbers of calls that were theirs are forgotten, and of all from their phone unless somebody else has it too. */
export const incomingListener: SubmissionListener = {
  name: 'incoming calls',
  seals: ['calls.number'],

  async erased(t, submission) {
    const { id, visitId } = submission
    const tokens = await ownNumberTokens(t, submission)
    const rows: SealedRow[] = await t.trx
      .from('calls')
      .where((query) =>
        query
          .whereIn(
            'id',
            t.trx
              .from('call_backs')
              .where('submission_id', id)
              .whereNotNull('call_id')
              .select('call_id')
          )
          .if(visitId, (calls) =>
            calls.orWhereIn(
              'id',
              t.trx.from('visits').where('id', visitId!).whereNotNull('call_id').select('call_id')
            )
          )
          .orWhereIn('number_token', tokens)
      )
      .update({ number_token: null })
      .returning(['data_key_id'])
    return keysAndFiles(rows)
  },
}

/** Tokens of the phone that the submission names, as calls bear them; none where another submission names it too. */
async function ownNumberTokens(t: Transition, submission: Submission): Promise<string[]> {
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  const latest = await latestValues(submission, t.trx)
  const phone = valueIn(latest?.values)(version.description.person.phone)
  if (!phone) return []
  const shared = await t.trx
    .from('search_tokens')
    .whereIn('token', searchTokensOf({ kind: 'phone', text: phone }))
    .whereNot('submission_id', submission.id)
    .first()
  return shared ? [] : blindIndexes(phone, CALL_NUMBER)
}
