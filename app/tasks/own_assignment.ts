import { siteOfSession } from '#app/people/site_of_session'
import type { HttpContext } from '@adonisjs/core/http'
import { frozenVersion } from '#app/catalog/frozen_version'
import Submission from '#app/submissions/submission'
import Assignment from '#app/tasks/assignment'

/** The assignment of a route, which must be this person's own, taken at the site where they are. */
export function ownAssignment({ auth, params, session }: HttpContext): Promise<Assignment> {
  return Assignment.query()
    .where({
      id: params.id,
      userId: auth.getUserOrFail().id,
      site: siteOfSession(session),
    })
    .preload('task')
    .firstOrFail()
}

/** Whether its lease still runs. */
export async function isHeld({ id }: Assignment): Promise<boolean> {
  const held = await Assignment.query()
    .where('id', id)
    .whereNull('endedAt')
    .whereRaw('expires_at > now()')
    .first()
  return held !== null
}

/** The submission that a task is about, with its version. */
export async function submissionOf(assignment: Assignment) {
  const submission = await Submission.findOrFail(assignment.task.subjectId)
  return { submission, version: await frozenVersion(submission.serviceVersionId) }
}
