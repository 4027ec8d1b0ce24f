import db from '@adonisjs/lucid/services/db'
import type { SubmissionPanel } from '#app/submissions/submission_panel'

/** The way from a submission to where its values come from. */
export const provenancePanel: SubmissionPanel = {
  name: 'provenance',
  view: 'keying/provenance_panel',
  at: 'bottom',

  async load({ id }) {
    const keyed: unknown = await db.from('entries').where('submission_id', id).select('id').first()
    return keyed ? {} : null
  },
}
