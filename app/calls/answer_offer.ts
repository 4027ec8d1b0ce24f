import type User from '#app/identity/user'
import { acceptOffer, declineOffer } from '#app/bookings/settle_offer'
import CallBack from '#app/calls/call_back'
import { leaveList } from '#app/calls/call_backs'
import { transition } from '#app/shared/transition'

/** Who was to be called about a held time answers by themselves: nobody calls them any more. */
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
    if (!callBack || callBack.reason === 'missed') return false
    if (!accepted) await declineOffer(t, bookingId, callBack.reason)
    else if (!(await acceptOffer(t, user, bookingId, callBack.reason))) return false
    await callBack.merge({ state: accepted ? 'reached' : 'declined' }).save()
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
