import { siteOfSession } from '#app/people/site_of_session'
import type { HttpContext } from '@adonisjs/core/http'
import type { Site } from '#app/people/user'
import { showAssignment } from '#app/tasks/show_assignment'
import { draftValidator, takeValidator } from '#app/tasks/assignment_validator'
import { endAssignment } from '#app/tasks/end_assignment'
import { keepAlive } from '#app/tasks/keep_alive'
import { isHeld, ownAssignment } from '#app/tasks/own_assignment'
import { takeBackLast } from '#app/tasks/retractable'
import { takeNextTask } from '#app/tasks/take_next_task'
import { taskKinds } from '#app/tasks/task_kind'
import { asTexts } from '#app/tasks/texts'
import { notice } from '#app/core/notice'
import { transition } from '#app/core/transition'
import { notFound } from '#app/core/not_found'

/** Leases of tasks. Taking the next one is making an assignment. */
export default class AssignmentsController {
  async store({ auth, request, response, session }: HttpContext) {
    const input = await request.validateUsing(takeValidator)
    const site: Site = siteOfSession(session)
    const taken = await takeNextTask(auth.getUserOrFail(), site, {
      kind: input.kind,
      taskId: input.task_id,
    })
    if (taken.ok) return response.redirect(`/work/assignments/${taken.assignment.id}`)
    notice(session, 'warn', `tasks.${taken.reason}`)
    return response.redirect('/work')
  }

  /** The task itself. One that has ended sends back to the start: reloads and the back button do no harm. */
  async show(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    if (assignment.endedReason === 'done' || assignment.endedReason === 'given_back')
      return ctx.response.redirect('/work')
    return showAssignment(ctx, assignment)
  }

  /** A sign of life, with the draft of what is keyed. 409 when the lease is lost. */
  async update(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    const { values, chosen, typed } = await ctx.request.validateUsing(draftValidator)
    const kind = taskKinds.get(assignment.task.kind)
    const dataKeyId = values || chosen ? await kind.draftKey?.(assignment) : undefined
    const draft = dataKeyId
      ? {
          dataKeyId,
          ...(values ? { values: asTexts(values) } : {}),
          ...(chosen ? { chosen, typed: asTexts(typed) } : {}),
        }
      : null
    return (await keepAlive(assignment, draft)) ? ctx.response.noContent() : ctx.response.conflict()
  }

  /** Giving a task back: somebody else gets it. */
  async destroy(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    await transition((t) => endAssignment(t, assignment, 'given_back'))
    return ctx.response.redirect('/work')
  }

  /** Takes back what was saved last: its screen comes again, with what was keyed. */
  async takeBack({ auth, response, session }: HttpContext) {
    const back = await takeBackLast(auth.getUserOrFail(), siteOfSession(session))
    notice(session, back.ok ? 'good' : 'warn', `tasks.${back.ok ? 'taken_back' : back.reason}`)
    return response.redirect(back.ok ? `/work/assignments/${back.assignmentId}` : '/work')
  }

  /** The picture above the fields, for who holds the lease. */
  async snippet(ctx: HttpContext) {
    const assignment = await ownAssignment(ctx)
    if (!isHeld(assignment)) return notFound(ctx)
    const picture = await taskKinds.get(assignment.task.kind).picture?.(assignment)
    return picture ? ctx.response.type('image/jpeg').send(picture) : notFound(ctx)
  }
}
