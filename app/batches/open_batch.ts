import type User from '#app/people/user'
import Batch from '#app/batches/batch'
import { withTeam } from '#app/batches/teams/with_team'
import type WorkKind from '#app/batches/kinds/work_kind'
import WorkOrder from '#app/submissions/work_order'
import { createSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

export interface NewBatch {
  clientId: string
  title: string
  /** YYYY-MM-DD */
  dueOn: string
  priority: number
  leaderId: string
  /** the team that does it; null: it is everybody's */
  teamId: string | null
  homeWorkAgreed: boolean
  /** of work in an outside tool: how many pieces it has */
  askedPieces: number | null
  /** the open order that it is a part of */
  workOrderId: string | null
}

/**
 * Begins a batch of a kind of work, as the kind is now; what it consists of is handed in next.
 * @returns null where its order isn't its client's, or is closed, or its team is
 */
export async function openBatch(
  user: User,
  kind: WorkKind,
  batch: NewBatch
): Promise<Batch | null> {
  return transition(async (t) => {
    if (batch.workOrderId) {
      const order = await WorkOrder.query({ client: t.trx })
        .where({ id: batch.workOrderId, clientId: batch.clientId, state: 'open' })
        .forUpdate()
        .first()
      if (!order) return null
      // An order can forbid that it is worked on at home, and no batch of it can allow it then.
      batch.homeWorkAgreed &&= order.homeWorkAgreed
      t.announce(`orders/${order.id}`)
    }
    const led = await withTeam(t, batch)
    if (!led) return null
    const { dataKeyId } = await createSealer(t.trx, 'batch')
    return Batch.prepare(t, {
      ...batch,
      ...led,
      dataKeyId,
      workKindId: kind.id,
      definition: kind.definition,
      openedBy: user.id,
    })
  })
}
