import type { SubmissionListener } from '#app/submissions/submission_listener'

/** The listener for what was keyed and decided: sealed with the submission's own key, it goes with it. */
export const keyingListener: SubmissionListener = {
  name: 'keying',
  seals: ['entries.values', 'adjudications.value'],
}
