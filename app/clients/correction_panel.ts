import db from '@adonisjs/lucid/services/db'
import type { SubmissionPanel } from '#app/submissions/submission_panel'

/** Values that its client says are wrong, and the form to say so. */
export const correctionPanel: SubmissionPanel = {
  name: 'corrections',
  view: 'clients/correction_panel',
  at: 'bottom',
  whenErased: true,

  async load({ id }, user) {
    const corrections = await db
      .from('corrections')
      .where('submission_id', id)
      .orderBy('created_at')
      .select('field_key', 'state', 'created_at')
    return corrections.length > 0 || user.may('corrections.ask') ? { corrections } : null
  },
}
