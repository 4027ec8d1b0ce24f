import type User from '#app/people/user'
import Call from '#app/desk/calls/call'
import Service from '#app/catalog/service'
import Visit from '#app/desk/visits/visit'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'

export interface VisitStart {
  channel: 'counter' | 'phone'
  serviceId: string
  callId?: string
}

/** Begins to help somebody. A person without a ticket or from an unknown number can always be taken. */
export async function startVisit(user: User, start: VisitStart): Promise<Visit> {
  return transition((t) => openVisit(t, user, start))
}

/** The same within a transition. */
export async function openVisit(t: Transition, user: User, start: VisitStart): Promise<Visit> {
  const service = await Service.query({ client: t.trx }).where('id', start.serviceId).firstOrFail()
  const visit = await Visit.create(
    {
      id: newId(),
      clientId: service.clientId,
      serviceId: service.id,
      channel: start.channel,
      party: newId(),
      userId: user.id,
      callId: start.callId ?? null,
    },
    { client: t.trx }
  )
  if (start.callId) await Call.answer(t, start.callId, user.id)
  t.record({
    verb: 'visit.started',
    subject: { type: 'visit', id: visit.id },
    clientId: visit.clientId,
    actorId: user.id,
    detail: { channel: start.channel },
  })
  return visit
}
