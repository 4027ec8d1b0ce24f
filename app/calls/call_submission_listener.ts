import { endCallBacks } from '#app/calls/call_backs'
import { CALL_NUMBER } from '#app/calls/call'
import { frozenVersion } from '#app/catalog/frozen_version'
import { keysAndFiles, type SealedRow } from '#app/shared/sealed_rows'
import { blindIndexes } from '#app/shared/sealing'
import type { Transition } from '#app/shared/transition'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { searchTokensOf } from '#app/submissions/search_tokens'
import type Submission from '#app/submissions/submission'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** Nobody is called about what is erased or stopped, and the numbers of calls are forgotten. */
export const callListener: SubmissionListener = {
  name: 'calls',
  seals: ['call_backs.phone', 'calls.number'],

  /** The numbers of calls that were theirs, and of all from their phone unless somebody else has it too. */
  async erased(t, submission) {
    const { id, visitId } = submission
    await endCallBacks(t, { submission_id: id })
    const tokens = await ownNumberTokens(t, submission)
    const own = () => t.trx.from('call_backs').where('submission_id', id)
    await own().update({ phone_token: null })
    const rows: SealedRow[] = await t.trx
      .from('calls')
      .where((query) =>
        query
          .whereIn('id', own().whereNotNull('call_id').select('call_id'))
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
    const phones: SealedRow[] = await own().select('data_key_id')
    return keysAndFiles([...rows, ...phones])
  },

  async stopped(t, { id, mayBeCalled }) {
    return mayBeCalled ? 0 : endCallBacks(t, { submission_id: id })
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
