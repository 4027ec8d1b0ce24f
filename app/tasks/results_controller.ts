import { siteOfSession } from '#app/people/site_of_session'
import type { HttpContext } from '@adonisjs/core/http'
import { notice } from '#app/core/notice'
import type { Wanted } from '#app/tasks/eligible'
import { ownAssignment } from '#app/tasks/own_assignment'
import { showAssignment } from '#app/tasks/show_assignment'
import { takeNextTask } from '#app/tasks/take_next_task'
import { taskKinds } from '#app/tasks/task_kind'

/** The results of tasks. Refusals show the same screen again with everything that was typed (422). */
export default class ResultsController {
  async store(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    const kind = taskKinds.get(assignment.task.kind)
    const outcome = await kind.finish(ctx, assignment)
    if (outcome.then === 'next')
      return this.#next(ctx, outcome.wanted ?? { kind: kind.name }, outcome.otherwise)
    if (outcome.then === 'again') {
      ctx.response.status(422)
      return showAssignment(ctx, assignment, outcome.shown)
    }
    if (outcome.then === 'leave') {
      notice(ctx.session, 'good', outcome.notice)
      return ctx.response.redirect(outcome.path)
    }
    // What was keyed is kept as a draft, and the screen says so; decisions are not kept.
    notice(ctx.session, 'warn', outcome.isKept ? 'tasks.late' : 'tasks.late_undecided')
    return ctx.response.redirect('/work')
  }

  /** Straight on to the next task. */
  async #next({ auth, session, response }: HttpContext, wanted: Wanted, otherwise?: string) {
    const taken = await takeNextTask(auth.getUserOrFail(), siteOfSession(session), wanted)
    if (taken.ok) return response.redirect(`/work/assignments/${taken.assignment.id}`)
    if (otherwise) return response.redirect(otherwise)
    notice(session, 'good', 'tasks.all_done')
    return response.redirect('/work')
  }
}
