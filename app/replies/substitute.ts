import type User from '#app/people/user'
import type { LetterFaults } from '#app/replies/check_letter'
import { letterFaults } from '#app/replies/check_letter'
import { copyToFamily } from '#app/replies/copy_to_family'
import type { Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import { keepLetter, windowFault } from '#app/replies/prepare_reply'
import Reply from '#app/replies/reply'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'

export type Substituted =
  | { ok: true }
  | { ok: false; reason: 'late' }
  | { ok: false; reason: 'faults'; faults: LetterFaults }

/** A person gives what is to be printed in the address of a held letter; the agreed values stay as they are. */
export async function substitute(
  user: User,
  assignment: Assignment,
  to: Letter['to']
): Promise<Substituted> {
  return transition(async (t) => {
    const reply = await Reply.query({ client: t.trx })
      .where({ id: assignment.task.subjectId, state: 'held' })
      .forUpdate()
      .first()
    if (!reply) return { ok: false, reason: 'late' }
    const sealer = await openSealer(reply.dataKeyId, t.trx)
    const letter = { ...sealer.openJson<Letter>(letterSealContext(reply.id), reply.inputs!), to }
    const faults = letterFaults(letter) ?? (await windowFault(letter, reply.product))
    if (faults) return { ok: false, reason: 'faults', faults }
    if (!(await endAssignment(t, assignment, 'done'))) return { ok: false, reason: 'late' }
    const submission = await t.trx
      .from('reply_submissions')
      .where('reply_id', reply.id)
      .select('submission_id')
      .firstOrFail()
    await keepLetter(t, reply, sealer, letter, {
      submissionId: submission.submission_id,
      linkageId: reply.id,
      actorId: user.id,
    })
    await copyToFamily(t, reply)
    return { ok: true }
  })
}

/** A person decides that a held letter is not sent; the submission can then be closed. */
export async function cancelLetter(user: User, assignment: Assignment): Promise<boolean> {
  return transition(async (t) => {
    const reply = await Reply.query({ client: t.trx })
      .where({ id: assignment.task.subjectId, state: 'held' })
      .forUpdate()
      .first()
    if (!reply || !(await endAssignment(t, assignment, 'done'))) return false
    const rows: { submission_id: string }[] = await t.trx
      .from('reply_submissions')
      .where('reply_id', reply.id)
      .select('submission_id')
    const submissions = new Map([[reply.id, rows.map((row) => row.submission_id)]])
    await Reply.cancel(t, [reply.id], { actorId: user.id, submissions })
    return true
  })
}
