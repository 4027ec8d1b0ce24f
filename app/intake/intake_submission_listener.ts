import { keysAndFiles, type SealedRow } from '#app/core/sealed_rows'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** The pictures of an erased submission go, and the file that they came in; others' pages have their own. */
export const intakeListener: SubmissionListener = {
  name: 'intake',
  seals: ['scans.name', 'readings.value', 'readings.candidates'],

  async erased(t, { id }) {
    const { rows }: { rows: SealedRow[] } = await t.trx.rawQuery(
      `select p.data_key_id, p.image as file from pages p where p.submission_id = :id
       union all select p.data_key_id, p.registered_image from pages p where p.submission_id = :id
       union all select s.name_key_id, null from scans s join pages p on p.scan_id = s.id where p.submission_id = :id
       union all select s.data_key_id, s.file from scans s join pages p on p.scan_id = s.id where p.submission_id = :id`,
      { id }
    )
    return keysAndFiles(rows)
  },
}
