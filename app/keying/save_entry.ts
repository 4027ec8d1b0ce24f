import type { EntryGroup } from '#app/catalog/description'
import { normalize } from '#app/catalog/field_values'
import type { Problem } from '#app/catalog/fields/field_kind'
import { entrySealContext } from '#app/keying/entry'
import { makeFinal, TAKE_BACK_SECONDS } from '#app/keying/take_back'
import Submission from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'
import { keepDraft } from '#app/tasks/keep_draft'
import { holdResult } from '#app/tasks/take_back_result'

export type Saved = { ok: true } | { ok: false; reason: 'late' | 'already_saved' }

/** Brings keyed texts into their compared forms, and says which look doubtful. */
export function checkEntry({ fields }: Pick<EntryGroup, 'fields'>, typed: Record<string, string>) {
  const values: Record<string, string> = {}
  const problems: Record<string, Problem> = {}
  for (const field of fields) {
    const { value, problem } = normalize(field, typed[field.key] ?? '')
    values[field.key] = value
    if (problem) problems[field.key] = problem
  }
  return { values, problems }
}

/**
 * Keeps what a keyer gave, once. After the lease has run out nothing is entered: the values stay as a
 * draft that the same person finds again.
 * @param retractable it counts only when the next is saved, or after a while: until then it can be taken back
 */
export async function saveEntry(
  assignment: Assignment,
  values: Record<string, string>,
  { retractable = false } = {}
): Promise<Saved> {
  return transition(async (t) => {
    const { task } = assignment
    // Always the submission before its tasks: the flow locks them in that order.
    const submission = await Submission.query({ client: t.trx })
      .where('id', task.subjectId)
      .forUpdate()
      .firstOrFail()
    const sealer = await openSealer(submission.dataKeyId, t.trx)
    if (!(await endAssignment(t, assignment, 'done'))) {
      const saved = await t.trx.from('entries').where('assignment_id', assignment.id).first()
      if (saved) return { ok: false, reason: 'already_saved' }
      await keepDraft(t, assignment, sealer, { values })
      return { ok: false, reason: 'late' }
    }
    await makeFinal(t, assignment.userId)
    if (retractable) await holdResult(t, assignment.id, TAKE_BACK_SECONDS)
    const id = newId()
    await t.trx.table('entries').insert({
      id,
      submission_id: submission.id,
      group_key: task.groupKey,
      round: task.round,
      pass: task.pass,
      source: 'person',
      user_id: assignment.userId,
      assignment_id: assignment.id,
      values: sealer.sealJson(entrySealContext(id), values),
    })
    t.record({
      verb: 'entry.saved',
      subject: { type: 'entry', id },
      clientId: submission.clientId,
      submissionId: submission.id,
      actorId: assignment.userId,
      detail: { group: task.groupKey, pass: task.pass, round: task.round },
    })
    if (retractable) t.wake({ type: 'submission', id: submission.id, after: TAKE_BACK_SECONDS })
    return { ok: true }
  })
}
