import { newId } from '#app/shared/ids'
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
}

/** An offer or a closure can't wait as long as a missed call. */
const PRIORITY = { closure: 20, offer: 15, missed: 5 }

/** What the number of a call-back is bound to. */
export const callBackPlace = (id: string) => `call_backs.phone:${id}`

/** Puts somebody on the list of those to be called, once for each call or booking; in order of arrival. */
export async function addCallBack(t: Transition, wanted: NewCallBack): Promise<void> {
  const id = newId()
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
    })
    .into('call_backs')
    .onConflict()
    .ignore()
    .returning('id')
  if (inserted.length === 0) return
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
