import { makeFinal, TAKE_BACK_SECONDS } from '#app/keying/take_back'
import type { Saved } from '#app/keying/save_entry'
import Submission from '#app/submissions/submission'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'
import { keepDraft } from '#app/tasks/keep_draft'
import { holdResult } from '#app/tasks/take_back_result'

/**
 * Keeps what somebody keyed of something known, sealed, until it is compared with what stands. Until then it can be
 * taken back, like everything that is keyed.
 */
export async function saveRecheck(
  assignment: Assignment,
  values: Record<string, string>
): Promise<Saved> {
  return transition(async (t) => {
    const submission = await Submission.query({ client: t.trx })
      .where('id', assignment.task.subjectId)
      .forUpdate()
      .firstOrFail()
    const saved: unknown = await t.trx
      .from('assignments')
      .where({ id: assignment.id, ended_reason: 'done' })
      .first()
    if (saved) return { ok: false, reason: 'already_saved' }
    const isInTime = await endAssignment(t, assignment, 'done')
    await keepDraft(t, assignment, await openSealer(submission.dataKeyId, t.trx), { values })
    if (!isInTime) return { ok: false, reason: 'late' }
    await makeFinal(t, assignment.userId)
    await holdResult(t, assignment.id, TAKE_BACK_SECONDS)
    return { ok: true }
  })
}
