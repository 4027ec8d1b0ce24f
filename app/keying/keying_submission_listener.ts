import type { SubmissionListener } from '#app/submissions/submission_listener'

/** What was keyed and decided is sealed with the submission's own key, and goes with it. */
export const keyingListener: SubmissionListener = {
  name: 'keying',
  seals: ['entries.values', 'adjudications.value'],
}
