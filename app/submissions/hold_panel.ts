import Hold from '#app/submissions/hold'
import type { SubmissionPanel } from '#app/submissions/submission_panel'

/** Whether it is held, by whom and why; or where to hold it. */
export const holdPanel: SubmissionPanel = {
  name: 'hold',
  view: 'submissions/hold_panel',
  at: 'bottom',

  async load(submission, user) {
    if (!user.may('retention.keep')) return null
    const hold = await Hold.query()
      .where('submissionId', submission.id)
      .whereNull('liftedAt')
      .leftJoin('users', 'users.id', 'holds.placed_by')
      .select('holds.*', 'users.display_name as by')
      .first()
    return { hold, by: hold?.$extras.by ?? null, mayOrder: user.may('residents.order') }
  },
}
