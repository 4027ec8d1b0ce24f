import { siteOfSession } from '#app/people/site_of_session'
import type { HttpContext } from '@adonisjs/core/http'
import { notice } from '#app/core/notice'
import type { Wanted } from '#app/tasks/eligible'
import type Assignment from '#app/tasks/assignment'
import { leaseAhead } from '#app/tasks/lease_ahead'
import { ownAssignment } from '#app/tasks/own_assignment'
import { showAssignment } from '#app/tasks/show_assignment'
import { goOn } from '#app/tasks/take_next_task'
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
    const taken = await goOn(user, siteOfSession(session), wanted)
    if (taken.ok && wantsWord(ctx.request)) return wordOn(ctx, kind, taken.assignment)
    if (taken.ok) return goTo(ctx, `/work/assignments/${taken.assignment.id}`)
    if (otherwise) return goTo(ctx, otherwise)
    const isStretch = taken.reason === 'stretch_done' || taken.reason === 'stretch_over'
    notice(session, 'good', `tasks.${isStretch ? taken.reason : 'all_done'}`)
    return goTo(ctx, '/work')
  }
}

/** Sends on: a browser by itself, a page that turns its own leaves by word. */
function goTo({ request, response }: HttpContext, path: string) {
  if (!wantsWord(request)) return response.redirect(path)
  return { next: path, ahead: [], saved: null }
}

function wantsWord(request: HttpContext['request']): boolean {
  return request.accepts(['html', 'json']) === 'json'
}

/** The word to a page that turns its own leaves: where to be, what lies ready then, and what can be taken back. */
async function wordOn(
  { auth, i18n, locale }: HttpContext,
  kind: TaskKind,
  next: Assignment
): Promise<{ next: string; ahead: string[]; saved: string | null }> {
  const user = auth.getUserOrFail()
  const last = await kind.retraction?.last(user.id)
  return {
    next: `/work/assignments/${next.id}`,
    ahead: kind.ahead ? await leaseAhead(user, next.site, next, kind.name) : [],
    saved: last ? i18n.t('tasks.saved_last', { group: last.label[locale] }) : null,
  }
}
