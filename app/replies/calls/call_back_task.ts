import { callBackValidator } from '#app/replies/calls/call_back_validator'
import { finishCallBack } from '#app/replies/calls/finish_call_back'
import { showCallBack } from '#app/replies/calls/show_call_back'
import type { TaskKind } from '#app/tasks/task_kind'

/** Somebody is called: a missed call, a closed day, a place that has become free. */
export const callBackTask: TaskKind = {
  name: 'call_back',
  label: 'tasks.kind_call_back',
  permission: 'calls.make',
  view: 'replies/calls/call_back',

  async screen({ auth }, assignment) {
    return {
      ...(await showCallBack(assignment.task.subjectId)),
      caller: auth.getUserOrFail().displayName,
    }
  },

  async finish({ auth, request }, assignment) {
    const [problems, input] = await callBackValidator.tryValidate(request.all())
    if (problems) return { then: 'again', shown: { problem: 'tasks.choose_one' } }
    const { outcome, accepting = [] } = input
    const done = await finishCallBack(auth.getUserOrFail(), assignment, outcome, accepting)
    if (!done.ok && done.reason === 'offer_gone')
      return { then: 'again', shown: { problem: 'calls.offer_gone' } }
    // Not straight on to the next person: a key pressed twice must not answer for somebody else.
    return done.ok ? { then: 'leave', notice: 'calls.recorded', path: '/calls' } : { then: 'late' }
  },
}
