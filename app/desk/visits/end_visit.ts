import type User from '#app/people/user'
import Call from '#app/desk/calls/call'
import Ticket from '#app/desk/tickets/ticket'
import { giveBackHold } from '#app/desk/visits/hold_place'
import type Visit from '#app/desk/visits/visit'
import Submission from '#app/submissions/submission'
import { transition, type Transition } from '#app/core/transition'

/** The person goes. What was only begun is canceled, and a held place is given back. */
export async function endVisit(user: User, visit: Visit): Promise<void> {
  await transition(async (t) => {
    await cancelBegun(t, user, visit)
    await t.trx
      .from('visits')
      .where('id', visit.id)
      .whereNull('ended_at')
      .update({ ended_at: t.trx.raw('now()') })
    await Ticket.serve(t, visit.id, user.id)
    if (visit.callId) await Call.end(t, [visit.callId], { actorId: user.id })
    t.announce('tickets')
    t.record({
      verb: 'visit.ended',
      subject: { type: 'visit', id: visit.id },
      clientId: visit.clientId,
      actorId: user.id,
    })
  })
}

/** Not this person after all: begun anew. Where nobody was begun, it is asked again whose request it is. */
export async function stepBack(user: User, visit: Visit): Promise<void> {
  await transition(async (t) => {
    if ((await cancelBegun(t, user, visit)) > 0) return
    await t.trx.from('visits').where('id', visit.id).update({ asked_by: null, consent_at: null })
  })
}

async function cancelBegun(t: Transition, user: User, visit: Visit): Promise<number> {
  const begun = await Submission.query({ client: t.trx })
    .where({ visitId: visit.id, state: 'collecting' })
    .forUpdate()
  for (const submission of begun) {
    await giveBackHold(t, submission)
    await submission.cancel(t, user.id)
  }
  return begun.length
}
