import { askCorrectionOf } from '#app/clients/ask_correction'
import type { RecheckListener } from '#app/keying/rechecks/recheck_listener'

/** Has a leader decide, with the paper in view, where a value that was keyed again differs from what was handed over. */
export const correctionOfRecheck: RecheckListener = {
  name: 'corrections',

  async differed(t, { userId, keyers, submission, field, typed }) {
    const asked = await askCorrectionOf(t, { id: userId }, submission, {
      field,
      notFor: keyers,
      // Beside the value that stands: which of both it is the paper says.
      request: typed === '' ? '—' : typed,
    })
    return 'id' in asked ? asked.id : null
  },
}
