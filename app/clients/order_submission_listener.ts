import Correction from '#app/clients/correction'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** There is nothing to correct in what is erased. */
export const orderListener: SubmissionListener = {
  name: 'orders',
  seals: ['corrections.request', 'corrections.value'],

  async erased(t, { id }) {
    await Correction.drop(t, id)
    return { keys: [], files: [] }
  },
}
