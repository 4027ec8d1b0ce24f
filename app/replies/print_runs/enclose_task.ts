import { encloseSheet, type Enclosed } from '#app/replies/print_runs/enclose_sheet'
import { countEnclosing } from '#app/replies/print_runs/finish_enclosing'
import PrintRun from '#app/replies/print_runs/print_run'
import { codeValidator } from '#app/replies/print_runs/print_run_validator'
import { isHeld } from '#app/tasks/own_assignment'
import type { TaskKind } from '#app/tasks/task_kind'

/** The letters of a run go into their envelopes, each checked by its code. */
export const encloseTask: TaskKind = {
  name: 'enclose',
  label: 'tasks.kind_enclose',
  permission: 'letters.print',
  view: 'replies/print_runs/enclose',

  async screen(_ctx, assignment) {
    const run = await PrintRun.findOrFail(assignment.task.subjectId)
    return { run, enclosed: null, counts: await countEnclosing(run.id) }
  },

  async finish({ auth, request }, assignment) {
    if (!isHeld(assignment)) return { then: 'late' }
    const [, input] = await codeValidator.tryValidate(request.all())
    const { subjectId } = assignment.task
    const enclosed: Enclosed = input
      ? await encloseSheet(auth.getUserOrFail(), subjectId, input.code, assignment)
      : { ok: false, reason: 'unknown_code' }
    if (enclosed.left === 0)
      return { then: 'leave', notice: 'print_runs.all_enclosed', path: `/print-runs/${subjectId}` }
    return { then: 'again', shown: { enclosed, counts: await countEnclosing(subjectId) } }
  },
}
