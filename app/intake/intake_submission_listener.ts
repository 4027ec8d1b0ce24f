import { erasePages } from '#app/intake/erase_pages'
import type { SubmissionListener } from '#app/submissions/submission_listener'

/** The pictures of an erased submission go, and the file that they came in; others' pages have their own. */
export const intakeListener: SubmissionListener = {
  name: 'intake',
  seals: ['scans.name', 'readings.value', 'readings.candidates'],

  async sharing(t, { id }) {
    const { rows }: { rows: { id: string }[] } = await t.trx.rawQuery(
      `select distinct o.submission_id as id from pages p join pages o on o.scan_id = p.scan_id
       where p.submission_id = :id and o.submission_id <> :id`,
      { id }
    )
    return rows.map((row) => row.id)
  },
  erased: (t, { id }) => erasePages(t, id),
  picturesErased: (t, { id }) => erasePages(t, id),
}
