import vine from '@vinejs/vine'
import { transition } from '#app/core/transition'
import { endAssignment } from '#app/tasks/end_assignment'
import { submissionOf } from '#app/tasks/own_assignment'
import type { TaskKind } from '#app/tasks/task_kind'

const stampValidator = vine.create({ stamped: vine.enum(['yes', 'no'] as const) })

/** Somebody looks whether a form bears a stamp. */
export const stampTask: TaskKind = {
  name: 'stamp',
  label: 'extension.stamp',
  permission: 'pages.identify',
  view: 'extension::stamp',

  async screen(_ctx, assignment) {
    return { receipt: (await submissionOf(assignment)).submission.receipt }
  },

  async finish({ request }, assignment) {
    const [problems, input] = await stampValidator.tryValidate(request.all())
    if (problems) return { then: 'again', shown: { problem: 'extension.say_one' } }
    const { subjectId, submissionId } = assignment.task
    const done = await transition(async (t) => {
      if (!(await endAssignment(t, assignment, 'done'))) return false
      t.record({
        verb: 'form.stamp_seen',
        subject: { type: 'submission', id: subjectId },
        submissionId,
        actorId: assignment.userId,
        detail: { stamped: input.stamped },
      })
      return true
    })
    return { then: done ? 'next' : 'late' }
  },
}
