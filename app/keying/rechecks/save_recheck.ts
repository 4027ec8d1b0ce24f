import { UNREADABLE } from '#app/catalog/fields/characters'
import { frozenVersion } from '#app/catalog/frozen_version'
import { recheckListeners, type Difference } from '#app/keying/rechecks/recheck_listener'
import { makeFinal } from '#app/keying/take_back'
import { latestValues, type Basis } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import type { Saved } from '#app/keying/save_entry'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'
import { keepDraft } from '#app/tasks/keep_draft'

/** Bases of what was read from the paper; what a resident has said since, the paper doesn't show. */
const FROM_PAPER: Basis[] = ['agreed', 'adjudicated', 'single', 'machine']

/**
 * Compares what somebody keyed with what stands, and was handed over. Where both differ somebody decides, and a value
 * that was wrong is corrected, handed over again and told; the keys themselves are not kept.
 */
export async function saveRecheck(
  assignment: Assignment,
  values: Record<string, string>
): Promise<Saved> {
  return transition(async (t) => {
    const { subjectId, groupKey } = assignment.task
    const submission = await Submission.query({ client: t.trx })
      .where('id', subjectId)
      .forUpdate()
      .firstOrFail()
    const sealer = await openSealer(submission.dataKeyId, t.trx)
    if (!(await endAssignment(t, assignment, 'done'))) {
      await keepDraft(t, assignment, sealer, { values })
      return { ok: false, reason: 'late' }
    }
    await makeFinal(t, assignment.userId)
    const [recheck]: { id: string }[] = await t.trx
      .from('rechecks')
      .where({ submission_id: subjectId, group_key: groupKey })
      .whereNull('keyed_at')
      .update({ keyed_at: t.trx.raw('now()'), user_id: assignment.userId })
      .returning(['id'])
    if (recheck) await compare(t, { id: recheck.id, submission, assignment, values })
    return { ok: true }
  })
}

interface Keyed {
  id: string
  submission: Submission
  assignment: Assignment
  values: Record<string, string>
}

async function compare(
  t: Transition,
  { id, submission, assignment, values }: Keyed
): Promise<void> {
  const { userId, task } = assignment
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  const standing = (await latestValues(submission, t.trx))?.values
  let differing = 0
  for (const { key: field, kind } of version.group(task.groupKey).fields) {
    const stands = standing?.get(field)
    const typed = values[field] ?? ''
    const isComparable = stands && FROM_PAPER.includes(stands.basis) && !typed.includes(UNREADABLE)
    if (!isComparable) continue
    const differs = typed !== stands.value
    if (differs) differing++
    const asked = differs ? await askAll(t, { userId, submission, field, typed }) : null
    await t.trx.table('recheck_fields').insert({
      recheck_id: id,
      field_key: field,
      kind,
      basis: stands.basis,
      differs,
      correction_id: asked,
    })
  }
  t.recordOnly({
    verb: 'recheck.keyed',
    subject: { type: 'recheck', id },
    clientId: submission.clientId,
    submissionId: submission.id,
    actorId: userId,
    detail: { group: task.groupKey, differing },
  })
}

async function askAll(t: Transition, difference: Difference): Promise<string | null> {
  let asked: string | null = null
  for (const { differed } of recheckListeners.all()) asked ??= await differed(t, difference)
  return asked
}
