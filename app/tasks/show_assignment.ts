import type { HttpContext } from '@adonisjs/core/http'
import type Assignment from '#app/tasks/assignment'
import { stretchOf } from '#app/tasks/stretches/stretch_shown'
import { taskKinds } from '#app/tasks/task_kind'

/** Renders the screen of a task's kind, with what a refused result has to say. */
export async function showAssignment(
  ctx: HttpContext,
  assignment: Assignment,
  extra: Record<string, unknown> = {}
): Promise<string> {
  const kind = taskKinds.get(assignment.task.kind)
  return ctx.view.render(kind.view, {
    assignment,
    task: assignment.task,
    problems: {},
    problem: null,
    stretch: await stretchOf(assignment),
    ...(await kind.screen(ctx, assignment)),
    ...extra,
  })
}
