import type User from '#app/people/user'
import Batch, { noteSealContext, type BatchState } from '#app/batches/batch'
import { openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

export type BatchDecision = 'pause' | 'resume' | 'deliver' | 'accept' | 'send_back' | 'cancel'

/** The states in which each can be decided. */
const FROM: Record<BatchDecision, BatchState[]> = {
  pause: ['open'],
  resume: ['paused'],
  deliver: ['open', 'paused'],
  accept: ['delivered'],
  send_back: ['delivered'],
  cancel: ['preparing', 'loading', 'open', 'paused', 'delivered'],
}

/**
 * Decides what becomes of a batch.
 * @param why for whoever gets it back
 * @returns why not, as the key of a message; null where it is done
 */
export async function decideOnBatch(
  user: User,
  batchId: string,
  decision: BatchDecision,
  why = ''
): Promise<'overtaken' | 'not_done' | 'say_why' | null> {
  return transition(async (t) => {
    const batch = await Batch.query({ client: t.trx })
      .where('id', batchId)
      .whereIn('state', FROM[decision])
      .forUpdate()
      .first()
    if (!batch) return 'overtaken'
    switch (decision) {
      case 'pause':
        await batch.pause(t, user)
        break
      case 'resume':
        await batch.open(t, user, 'batch.resumed')
        break
      case 'deliver':
        if (await isUndone(t, batchId)) return 'not_done'
        await batch.deliver(t, user)
        break
      case 'accept':
        await batch.accept(t, user)
        break
      case 'send_back':
        if (!why) return 'say_why'
        await batch.sendBack(t, user, await sealedNote(t, batch, why))
        break
      case 'cancel':
        await batch.cancel(t, user)
    }
    return null
  })
}

async function sealedNote(t: Transition, { id, dataKeyId }: Batch, why: string): Promise<Buffer> {
  return (await openSealer(dataKeyId, t.trx)).sealText(noteSealContext(id), why)
}

async function isUndone(t: Transition, batchId: string): Promise<boolean> {
  const undone: unknown = await t.trx
    .from('pieces')
    .where('batch_id', batchId)
    .whereIn('state', ['received', 'open', 'disputed'])
    .first()
  return undone !== null
}
