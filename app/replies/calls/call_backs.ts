import { CALL_NUMBER } from '#app/replies/calls/number_token'
import CallBack from '#app/replies/calls/call_back'
import { callBackReasons } from '#app/replies/calls/call_back_reason'
import { mayBeCalled } from '#app/registry/may_be_called'
import Submission from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import { blindIndex, blindIndexes } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import { addTask } from '#app/tasks/add_task'
import { reopenTasks } from '#app/tasks/reopen_tasks'
import { withdrawTasks } from '#app/tasks/withdraw_tasks'

export interface NewCallBack {
  /** the name of a registered one */
  reason: string
  clientId: string
  linkageId: string
  callId?: string
  submissionId?: string
  bookingId?: string
  phone?: { dataKeyId: string; seal(id: string): Buffer }
  /** the phone of who is called: a couple is called once, about both */
  together?: string
}

/** Names what the number of a call-back is bound to. */
export const callBackSealContext = (id: string) => `call_backs.phone:${id}`

/**
 * Puts somebody on the list of those to be called, once for each call or booking; in order of arrival. Whom nobody may
 * call is asked about first; who shares a phone with somebody on the list for the same reason is told in the same call.
 * @returns false where nobody is called: nobody may, or they are on the list already
 */
export async function addCallBack(t: Transition, wanted: NewCallBack): Promise<boolean> {
  if (
    wanted.submissionId &&
    !(await mayBeCalled(t, { id: wanted.submissionId, clientId: wanted.clientId }))
  )
    return false
  const id = newId()
  // What is said of a protected person, nobody hears who only shares a phone with her.
  const together = (await isProtected(t, wanted.submissionId)) ? undefined : wanted.together
  const first = together ? await openFor(t, { ...wanted, together }) : null
  const inserted: { id: string }[] = await t.trx
    .knexQuery()
    .insert({
      id,
      client_id: wanted.clientId,
      reason: wanted.reason,
      call_id: wanted.callId ?? null,
      submission_id: wanted.submissionId ?? null,
      booking_id: wanted.bookingId ?? null,
      data_key_id: wanted.phone?.dataKeyId ?? null,
      phone: wanted.phone?.seal(id) ?? null,
      together_with: first?.id ?? null,
      phone_token: together ? blindIndex(together, CALL_NUMBER) : null,
    })
    .into('call_backs')
    .onConflict()
    .ignore()
    .returning('id')
  if (inserted.length === 0) return false
  if (!first) await putOnList(t, id, wanted)
  return true
}

async function putOnList(
  t: Transition,
  id: string,
  {
    clientId,
    linkageId,
    reason,
    submissionId = null,
  }: Pick<NewCallBack, 'clientId' | 'linkageId' | 'reason'> & { submissionId?: string | null }
): Promise<void> {
  await addTask(t, {
    kind: 'call_back',
    subject: { type: 'call_back', id },
    submissionId,
    clientId,
    linkageId,
    priority: callBackReasons.get(reason).priority,
  })
  t.announce('calls')
}

async function isProtected(t: Transition, submissionId: string | undefined): Promise<boolean> {
  if (!submissionId) return false
  const { protected: is }: { protected: boolean } = await t.trx
    .from('submissions')
    .where('id', submissionId)
    .select('protected')
    .firstOrFail()
  return is
}

/** Nobody is called about this request, or this time, any more; how many were to be. */
export async function endCallBacks(
  t: Transition,
  about: { submission_id: string } | { booking_id: string }
): Promise<number> {
  const open: { id: string }[] = await t.trx
    .from('call_backs')
    .where({ ...about, state: 'open' })
    .select('id')
  const ended = await CallBack.move(
    t,
    open.map(({ id }) => id),
    'given_up'
  )
  for (const id of ended) await leaveList(t, id)
  return ended.length
}

/** A call that was taken off the list is made after all; false where there was none. */
export async function reopenCallBack(t: Transition, submissionId: string): Promise<boolean> {
  const [back]: AboutRequest[] = await t.trx
    .from('call_backs')
    .where({ submission_id: submissionId, state: 'given_up' })
    .orderBy('created_at', 'desc')
    .limit(1)
    .select('id', 'reason', 'submission_id')
  if (!back) return false
  await CallBack.move(t, [back.id], 'open')
  await reopenTasks(t, { type: 'call_back', id: back.id })
  await putAlone(t, back)
  return true
}

/** A call that isn't made goes off the list. Who was to be told in it is called by themselves: the next in its place. */
export async function leaveList(t: Transition, id: string): Promise<void> {
  await withdrawTasks(t, { type: 'call_back', id }, 'call_back')
  const joined = () => t.trx.from('call_backs').where({ together_with: id, state: 'open' })
  const [next]: AboutRequest[] = await joined()
    .orderBy('created_at')
    .limit(1)
    .select('id', 'reason', 'submission_id')
  if (!next) return
  await joined().whereNot('id', next.id).update({ together_with: next.id })
  await putAlone(t, next)
}

interface AboutRequest {
  id: string
  reason: NewCallBack['reason']
  submission_id: string
}

/** Puts a call about a request on the list, told to nobody in another's. */
async function putAlone(t: Transition, { id, reason, submission_id }: AboutRequest): Promise<void> {
  await t.trx.from('call_backs').where('id', id).update({ together_with: null })
  const { clientId, linkageId } = await Submission.query({ client: t.trx })
    .where('id', submission_id)
    .firstOrFail()
  await putOnList(t, id, { clientId, linkageId, reason, submissionId: submission_id })
}

/** Finds who is on the list already for the same reason under the same phone. */
function openFor(t: Transition, { reason, clientId, together }: NewCallBack) {
  return t.trx
    .from('call_backs')
    .where({ reason, client_id: clientId, state: 'open', attempts: 0 })
    .whereNull('together_with')
    .whereIn('phone_token', blindIndexes(together!, CALL_NUMBER))
    .forUpdate()
    .select('id')
    .first() as Promise<{ id: string } | null>
}
