import { siteOfSession } from '#app/people/site_of_session'
import type { HttpContext } from '@adonisjs/core/http'
import { notice } from '#app/core/notice'
import type { Wanted } from '#app/tasks/eligible'
import { ownAssignment } from '#app/tasks/own_assignment'
import { showAssignment } from '#app/tasks/show_assignment'
import { takeNextTask } from '#app/tasks/take_next_task'
import { taskKinds, type TaskKind } from '#app/tasks/task_kind'

/**
 * The results of tasks. Refusals show the same screen again with everything that was typed (422). A page that has the
 * next screen already is told where to be, and nothing is drawn.
 */
export default class ResultsController {
  async store(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    const kind = taskKinds.get(assignment.task.kind)
    const outcome = await kind.finish(ctx, assignment)
    if (outcome.then === 'next')
      return this.#next(ctx, kind, outcome.wanted ?? { kind: kind.name }, outcome.otherwise)
    if (outcome.then === 'again') {
      ctx.response.status(422)
      return showAssignment(ctx, assignment, outcome.shown)
    }
    if (outcome.then === 'leave') {
      notice(ctx.session, 'good', outcome.notice)
      return goTo(ctx, outcome.path)
    }
    // What was keyed is kept as a draft, and the screen says so; decisions are not kept.
    notice(ctx.session, 'warn', outcome.isKept ? 'tasks.late' : 'tasks.late_undecided')
    return goTo(ctx, '/work')
  }

  /** Straight on to the next task. */
  async #next(ctx: HttpContext, kind: TaskKind, wanted: Wanted, otherwise?: string) {
    const { auth, session } = ctx
    const user = auth.getUserOrFail()
    const taken = await takeNextTask(user, siteOfSession(session), wanted)
    if (taken.ok) return goTo(ctx, `/work/assignments/${taken.assignment.id}`, kind)
    if (otherwise) return goTo(ctx, otherwise)
    notice(session, 'good', 'tasks.all_done')
    return goTo(ctx, '/work')
  }
}

/** Sends on: a browser by itself, a page that turns its own leaves by word, with what can be taken back. */
async function goTo(
  { auth, request, response, i18n, locale }: HttpContext,
  path: string,
  kind?: TaskKind
) {
  if (request.accepts(['html', 'json']) !== 'json') return response.redirect(path)
  const last = await kind?.retraction?.last(auth.getUserOrFail().id)
  return {
    next: path,
    saved: last ? i18n.t('tasks.saved_last', { group: last.label[locale] }) : null,
  }
}
