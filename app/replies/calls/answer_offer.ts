import type User from '#app/people/user'
import { callBackReasons } from '#app/replies/calls/call_back_reason'
import CallBack from '#app/replies/calls/call_back'
import { leaveList } from '#app/replies/calls/call_backs'
import { transition } from '#app/core/transition'

/** Takes the answer of somebody who was to be called about a held time: nobody calls them any more. */
export async function answerOffer(
  user: User,
  bookingId: string,
  accepted: boolean
): Promise<boolean> {
  return transition(async (t) => {
    const callBack = await CallBack.query({ client: t.trx })
      .where({ bookingId })
      .whereIn('state', ['open', 'letter'])
      .forUpdate()
      .first()
    const { accept, decline } = callBack ? callBackReasons.get(callBack.reason) : {}
    if (!callBack || !accept || !decline) return false
    if (!accepted) await decline(t, bookingId)
    else if (!(await accept(t, user, bookingId))) return false
    await callBack.end(t, accepted ? 'reached' : 'declined', user.id)
    await leaveList(t, callBack.id)
    t.record({
      verb: accepted ? 'call_back.accepted' : 'call_back.declined',
      subject: { type: 'call_back', id: callBack.id },
      clientId: callBack.clientId,
      submissionId: callBack.submissionId,
      actorId: user.id,
    })
    t.announce('calls')
    return true
  })
}
