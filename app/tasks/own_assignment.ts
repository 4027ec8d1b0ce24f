import { siteOfSession } from '#app/people/site_of_session'
import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import Submission from '#app/submissions/submission'
import { versionOf } from '#app/submissions/version_of'
import Assignment from '#app/tasks/assignment'

/** The assignment of a route, which must be this person's own, taken at the site where they are. */
export function ownAssignment({ auth, params, session }: HttpContext): Promise<Assignment> {
  return Assignment.query()
    .where({
      id: params.id,
      userId: auth.getUserOrFail().id,
      site: siteOfSession(session),
    })
    .select('assignments.*', db.raw('ended_at is null and expires_at > now() as held'))
    .preload('task')
    .firstOrFail()
}

/** Whether the lease of a route's assignment still ran when it was looked up. */
export function isHeld({ $extras }: Assignment): boolean {
  return $extras.held === true
}

/** The submission that a task is about, with its version. */
export async function submissionOf(assignment: Assignment) {
  const submission = await Submission.findOrFail(assignment.task.submissionId)
  return { submission, version: await versionOf(submission) }
}
