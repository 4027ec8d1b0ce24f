import { decideCorrection } from '#app/clients/corrections'
import { correctionAnswerValidator } from '#app/clients/order_validator'
import { showCorrection } from '#app/clients/show_correction'
import type { TaskKind } from '#app/tasks/task_kind'
import { asTexts } from '#app/tasks/texts'

/** A client says that a value is wrong: somebody looks at the paper once more. */
export const correctTask: TaskKind = {
  name: 'correct',
  label: 'tasks.kind_correct',
  permission: 'corrections.decide',
  decides: true,
  view: 'clients/correct',

  async screen({ locale }, assignment) {
    return showCorrection(assignment.task.subjectId, locale)
  },

  async finish({ auth, request }, assignment) {
    const input = await request.validateUsing(correctionAnswerValidator)
    const done = await decideCorrection(
      auth.getUserOrFail(),
      assignment,
      input.keep ? null : (asTexts({ value: input.value ?? null }).value ?? ''),
      input.sure === true ? (asTexts({ asked: input.asked ?? null }).asked ?? '') : null
    )
    if (!done.ok && done.reason === 'doubtful')
      return { then: 'again', shown: { doubt: done.problem, typed: done.typed } }
    return { then: done.ok ? 'next' : 'late' }
  },
}
