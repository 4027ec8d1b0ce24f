import type { SubmissionListener } from '#app/submissions/submission_listener'

/** Notes that this extension keeps of a submission go when it is erased. */
export const notesListener: SubmissionListener = {
  name: 'extension',
  seals: ['extension_notes.text'],

  async erased(t, { id }) {
    await t.trx.from('extension_notes').where('submission_id', id).delete()
    return { keys: [], files: [] }
  },
}
