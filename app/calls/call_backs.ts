import { mayBeCalled } from '#app/calls/may_be_called'
import { newId } from '#app/shared/ids'
import { blindIndex, blindIndexes } from '#app/shared/sealing'
import type { Transition } from '#app/shared/transition'
import { addTask } from '#app/work/add_task'

export interface NewCallBack {
  reason: 'missed' | 'closure' | 'offer'
  clientId: string
  linkageId: string
  callId?: string
  submissionId?: string
  bookingId?: string
  phone?: { dataKeyId: string; seal(id: string): Buffer }
  /** the phone of who is called: a couple is called once, about both */
  together?: string
}

/** An offer or a closure can't wait as long as a missed call. */
const PRIORITY = { closure: 20, offer: 15, missed: 5 }

/** What the number of a call-back is bound to. */
export const callBackPlace = (id: string) => `call_backs.phone:${id}`

/**
 * Puts somebody on the list of those to be called, once for each call or booking; in order of arrival. Whom nobody may
 * call is asked about first; who shares a phone with somebody on the list for the same reason is told in the same call.
 */
export async function addCallBack(t: Transition, wanted: NewCallBack): Promise<void> {
  if (
    wanted.submissionId &&
    !(await mayBeCalled(t, { id: wanted.submissionId, clientId: wanted.clientId }))
  )
    return
  const id = newId()
  const first = wanted.together ? await openFor(t, wanted) : null
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
      phone_token: wanted.together ? blindIndex(wanted.together, 'call:number') : null,
    })
    .into('call_backs')
    .onConflict()
    .ignore()
    .returning('id')
  if (inserted.length === 0 || first) return
  await addTask(t, {
    kind: 'call_back',
    subject: { type: 'call_back', id },
    clientId: wanted.clientId,
    linkageId: wanted.linkageId,
    place: 'center',
    priority: PRIORITY[wanted.reason],
  })
  t.announce('calls')
}

/** Who is on the list already for the same reason under the same phone. */
function openFor(t: Transition, { reason, clientId, together }: NewCallBack) {
  return t.trx
    .from('call_backs')
    .where({ reason, client_id: clientId, state: 'open', attempts: 0 })
    .whereNull('together_with')
    .whereIn('phone_token', blindIndexes(together!, 'call:number'))
    .forUpdate()
    .select('id')
    .first() as Promise<{ id: string } | null>
}
