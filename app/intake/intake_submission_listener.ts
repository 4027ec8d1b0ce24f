import { erasePages } from '#app/intake/erase_pages'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** The pictures of an erased submission go, and the file that they came in; others' pages have their own. */
export const intakeListener: SubmissionListener = {
  name: 'intake',
  seals: ['scans.name', 'readings.value', 'readings.candidates'],

  erased: (t, { id }) => erasePages(t, id),
  picturesErased: (t, { id }) => erasePages(t, id),
}
