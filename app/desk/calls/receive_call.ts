import { addCallBack, callBackSealContext } from '#app/replies/calls/call_backs'
import Call, { callSealContext } from '#app/desk/calls/call'
import { CALL_NUMBER } from '#app/replies/calls/number_token'
import { centerOf } from '#app/people/center'
import { newId } from '#app/core/ids'
import { blindIndex, blindIndexes, createSealer, openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import { lockName } from '#app/core/lock'

export interface CallNews {
  /** the telephone system's own id of the call; null when typed by hand */
  externalId: string | null
  event: Call['state']
  /** digits as dialed; null when withheld */
  number: string | null
  /** who typed it; nobody where a telephone system told */
  actorId?: string
}

/**
 * Takes in what a telephone system says of a call, or what a clerk types. Who calls isn't told by the number: others
 * share it. The same news twice, or older news after newer, change nothing. A call that nobody answered becomes a
 * call-back, one for each number that waits.
 */
export async function receiveCall(news: CallNews): Promise<Call> {
  const clientId = await centerOf()
  return transition(async (t) => {
    if (news.externalId) await lockName(t.trx, `call:${news.externalId}`)
    const known = news.externalId
      ? await Call.query({ client: t.trx }).where('externalId', news.externalId).forUpdate().first()
      : null
    const call = known ?? (await create(t, clientId, news))
    await known?.hear(t, news.event)
    if (call.state === 'missed' || call.state === 'abandoned') await callBack(t, call)
    t.announce('calls')
    return call
  })
}

async function create(t: Transition, clientId: string, news: CallNews): Promise<Call> {
  const id = newId()
  const sealer = news.number ? await createSealer(t.trx, 'call') : null
  const call = await Call.create(
    {
      id,
      clientId,
      externalId: news.externalId,
      dataKeyId: sealer?.dataKeyId ?? null,
      number: sealer && news.number ? sealer.sealText(callSealContext(id), news.number) : null,
      numberToken: news.number ? blindIndex(news.number, CALL_NUMBER) : null,
      state: news.event,
    },
    { client: t.trx }
  )
  t.recordOnly({
    verb: `call.${news.event}`,
    subject: { type: 'call', id },
    clientId,
    actorId: news.actorId,
    detail: { to: news.event },
  })
  return call
}

async function callBack(t: Transition, call: Call): Promise<void> {
  // A number that was withheld can't be called.
  if (!call.number || !call.dataKeyId) return
  const sealer = await openSealer(call.dataKeyId, t.trx)
  const number = sealer.openText(callSealContext(call.id), call.number)
  const waiting = await t.trx
    .from('call_backs')
    .join('calls', 'calls.id', 'call_backs.call_id')
    .where('call_backs.state', 'open')
    .whereIn('calls.number_token', blindIndexes(number, CALL_NUMBER))
    .first()
  if (waiting) return
  await addCallBack(t, {
    reason: 'missed',
    clientId: call.clientId,
    linkageId: call.id,
    callId: call.id,
    phone: {
      dataKeyId: sealer.dataKeyId,
      seal: (id) => sealer.sealText(callBackSealContext(id), number),
    },
  })
}
