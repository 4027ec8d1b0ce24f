import AcceptanceCheck from '#app/handover/acceptance/acceptance_check'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** The listener that has a submission compared with the ledger anew when a value is corrected. */
export const acceptanceListener: SubmissionListener = {
  name: 'acceptance',
  seals: ['acceptance_checks.ledger_values'],

  async corrected(t, { id }) {
    await AcceptanceCheck.supersede(t, id)
  },
}
