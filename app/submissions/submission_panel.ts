import { Registry } from '#app/core/registry'
import type User from '#app/people/user'
import type Submission from '#app/submissions/submission'

/** A room's own part of the page of a submission. */
export interface SubmissionPanel {
  /** the room */
  name: string
  /** its part of the page; a component that is given `submission`, `version`, `revision` and what `load` returns */
  view: string
  /** before the values, or after them */
  at: 'top' | 'bottom'
  /** it stays when the submission is erased: it tells nothing of a person */
  whenErased?: true
  /** null where there is nothing to show */
  load(submission: Submission, user: User): Promise<object | null>
  /** pages of its form of which there are pictures, erased or not */
  pictured?(submission: Submission): Promise<number[]>
}

/** In the order in which they stand on the page. */
export const submissionPanels = new Registry<SubmissionPanel>('panel of a submission')
