import { dropRechecks } from '#app/keying/rechecks/drop_rechecks'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** The listener for what was keyed and decided: sealed with the submission's own key, it goes with it. */
export const keyingListener: SubmissionListener = {
  name: 'keying',
  seals: ['entries.values', 'adjudications.value'],

  async picturesErased(t, { id }) {
    await dropRechecks(t, id)
    return { keys: [], files: [] }
  },
}
