import { keysAndFiles, type SealedRow } from '#app/core/sealed_rows'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** Files of values that an erased submission stands in can't be fetched any more. */
export const exportListener: SubmissionListener = {
  name: 'exports',
  seals: ['exports.lacking'],

  async erased(t, { id }) {
    const rows: SealedRow[] = await t.trx
      .from('exports')
      .whereIn('id', t.trx.from('export_rows').where('submission_id', id).select('export_id'))
      .select('data_key_id', 'file')
    return keysAndFiles(rows)
  },
}
