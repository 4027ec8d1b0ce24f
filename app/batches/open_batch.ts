import type User from '#app/people/user'
import Batch from '#app/batches/batch'
import type WorkKind from '#app/batches/kinds/work_kind'
import { createSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

export interface NewBatch {
  clientId: string
  title: string
  /** YYYY-MM-DD */
  dueOn: string
  priority: number
  leaderId: string
  homeWorkAgreed: boolean
  /** of work in an outside tool: how many pieces it has */
  askedPieces: number | null
}

/** Begins a batch of a kind of work, as the kind is now; what it consists of is handed in next. */
export async function openBatch(user: User, kind: WorkKind, batch: NewBatch): Promise<Batch> {
  return transition(async (t) => {
    const { dataKeyId } = await createSealer(t.trx, 'batch')
    return Batch.prepare(t, {
      ...batch,
      dataKeyId,
      workKindId: kind.id,
      definition: kind.definition,
      openedBy: user.id,
    })
  })
}
