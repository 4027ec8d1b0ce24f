import type { HttpContext } from '@adonisjs/core/http'
import { leaseAhead } from '#app/tasks/lease_ahead'
import { isHeld, ownAssignment } from '#app/tasks/own_assignment'
import { taskKinds } from '#app/tasks/task_kind'

/** Tasks that lie ready while somebody works on one. */
export default class AheadController {
  /** The screens of those that come next, for the page to load. */
  async store(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    if (!isHeld(assignment) || !taskKinds.get(assignment.task.kind).ahead)
      return ctx.response.conflict()
    const { site, task } = assignment
    return { ahead: await leaseAhead(ctx.auth.getUserOrFail(), site, assignment, task.kind) }
  }
}
