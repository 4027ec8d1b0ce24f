import { requestSealContext } from '#app/clients/correction'
import type User from '#app/people/user'
import Submission, { type SubmissionState } from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import { addTask } from '#app/tasks/add_task'

export type Asked =
  | { ok: true; id: string }
  | { ok: false; reason: 'no_values' }
  /** the one that is open decides about it too */
  | { ok: false; reason: 'asked_already'; id: string }

/** The states of a request whose values can be corrected. */
const CORRECTABLE: SubmissionState[] = ['verified', 'handing_over', 'replying', 'closed']

/** Somebody says that a value is wrong. The leader decides, with the snippet in view. */
export async function askCorrection(
  user: User,
  submission: Submission,
  fieldKey: string,
  request: string
): Promise<Asked> {
  return transition(async (t) => {
    const locked = await Submission.query({ client: t.trx })
      .where('id', submission.id)
      .forUpdate()
      .firstOrFail()
    return askCorrectionOf(t, user, locked, { field: fieldKey, request })
  })
}

/** The same in a transition, for a request that is locked. */
export async function askCorrectionOf(
  t: Transition,
  user: Pick<User, 'id'>,
  locked: Submission,
  { field, request, notFor }: { field: string; request: string; notFor?: string[] }
): Promise<Asked> {
  if (!CORRECTABLE.includes(locked.state)) return { ok: false, reason: 'no_values' }
  const sealer = await openSealer(locked.dataKeyId, t.trx)
  const id = newId()
  const inserted: { id: string }[] = await t.trx
    .knexQuery()
    .insert({
      id,
      client_id: locked.clientId,
      submission_id: locked.id,
      field_key: field,
      request: sealer.sealText(requestSealContext(id), request),
      asked_by: user.id,
    })
    .into('corrections')
    .onConflict()
    .ignore()
    .returning('id')
  if (inserted.length === 0) {
    const { id: known }: { id: string } = await t.trx
      .from('corrections')
      .where({ submission_id: locked.id, field_key: field, state: 'open' })
      .select('id')
      .firstOrFail()
    return { ok: false, reason: 'asked_already', id: known }
  }
  await addTask(t, {
    kind: 'correct',
    subject: { type: 'correction', id },
    submissionId: locked.id,
    clientId: locked.clientId,
    linkageId: locked.linkageId,
    priority: 8,
    notFor,
  })
  t.record({
    verb: 'correction.asked',
    subject: { type: 'correction', id },
    clientId: locked.clientId,
    submissionId: locked.id,
    actorId: user.id,
    detail: { field },
  })
  return { ok: true, id }
}
