import type User from '#app/people/user'
import WorkOrder from '#app/submissions/work_order'
import { transition } from '#app/core/transition'

/** A work order that was closed too soon goes on. False when it isn't closed. */
export async function reopenOrder(user: User, orderId: string): Promise<boolean> {
  return transition(async (t) => {
    const order = await WorkOrder.query({ client: t.trx })
      .where({ id: orderId, state: 'closed' })
      .forUpdate()
      .first()
    if (!order) return false
    await order.reopen(t, user.id)
    return true
  })
}
