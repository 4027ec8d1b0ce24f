import { keysAndFiles, type SealedRow } from '#app/core/sealed_rows'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** The name on the ticket of the visit goes with what was asked then. */
export const deskListener: SubmissionListener = {
  name: 'desk',
  seals: ['submissions.draft', 'tickets.name'],

  async sharing(t, { id, visitId }) {
    if (!visitId) return []
    const rows: { id: string }[] = await t.trx
      .from('submissions')
      .where('visit_id', visitId)
      .whereNot('id', id)
      .select('id')
    return rows.map((row) => row.id)
  },

  async erased(t, { visitId }) {
    if (!visitId) return { keys: [], files: [] }
    const rows: SealedRow[] = await t.trx
      .from('tickets')
      .where('visit_id', visitId)
      .select('data_key_id')
    return keysAndFiles(rows)
  },
}
