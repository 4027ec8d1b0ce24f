import LegalHold from '#app/submissions/legal_hold'
import type { SubmissionPanel } from '#app/submissions/submission_panel'

/** Whether it is held, by whom and why; or where to hold it. */
export const legalHoldPanel: SubmissionPanel = {
  name: 'hold',
  view: 'submissions/legal_hold_panel',
  at: 'bottom',

  async load(submission, user) {
    if (!user.may('retention.keep')) return null
    const hold = await LegalHold.query()
      .where('submissionId', submission.id)
      .whereNull('liftedAt')
      .leftJoin('users', 'users.id', 'legal_holds.placed_by')
      .select('legal_holds.*', 'users.display_name as by')
      .first()
    return { hold, by: hold?.$extras.by ?? null, mayOrder: user.may('residents.order') }
  },
}
