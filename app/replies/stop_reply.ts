import type { StopKind } from '#app/register/stop_kinds'
import type Reply from '#app/replies/reply'
import type { Transition } from '#app/shared/transition'

/** Nothing may be sent to its person: the reply ends here, and says why. */
export async function stopReply(
  t: Transition,
  reply: Pick<Reply, 'id' | 'clientId'>,
  submissionId: string,
  kind: StopKind,
  actorId?: string
): Promise<void> {
  await t.trx.from('replies').where('id', reply.id).update({ state: 'stopped', stopped_for: kind })
  t.record({
    verb: 'reply.stopped',
    subject: { type: 'reply', id: reply.id },
    clientId: reply.clientId,
    submissionId,
    actorId,
    detail: { kind },
  })
}
