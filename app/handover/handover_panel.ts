import Handover from '#app/handover/handover'
import { connectors } from '#app/handover/connectors'
import type { SubmissionPanel } from '#app/submissions/submission_panel'

/** The panel of what a digital service outside was given, to be tried again or taken back. */
export const handoverPanel: SubmissionPanel = {
  name: 'handover',
  view: 'handover/panel',
  at: 'top',

  async load({ id }) {
    const newest = await Handover.query()
      .where('submissionId', id)
      .orderBy('createdAt', 'desc')
      .first()
    if (!newest || !connectors.get(newest.connector).isElsewhere) return null
    return { handover: newest }
  },
}
