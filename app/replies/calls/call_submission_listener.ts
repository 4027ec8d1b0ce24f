import { endCallBacks, reopenCallBack } from '#app/replies/calls/call_backs'
import { keysAndFiles, type SealedRow } from '#app/core/sealed_rows'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** Nobody is called about what is erased or stopped. */
export const callListener: SubmissionListener = {
  name: 'calls',
  seals: ['call_backs.phone'],

  async erased(t, { id }) {
    await endCallBacks(t, { submission_id: id })
    const phones: SealedRow[] = await t.trx
      .from('call_backs')
      .where('submission_id', id)
      .update({ phone_token: null })
      .returning(['data_key_id'])
    return keysAndFiles(phones)
  },

  callable: { rank: 'given_up', call: (t, { id }) => reopenCallBack(t, id) },

  async stopped(t, { id, mayBeCalled }) {
    return mayBeCalled ? 0 : endCallBacks(t, { submission_id: id })
  },
}
