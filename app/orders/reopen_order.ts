import type User from '#app/identity/user'
import WorkOrder from '#app/orders/work_order'
import { transition } from '#app/shared/transition'

/** A work order that was closed too soon goes on. False when it isn't closed. */
export async function reopenOrder(user: User, orderId: string): Promise<boolean> {
  return transition(async (t) => {
    const order = await WorkOrder.query({ client: t.trx })
      .where({ id: orderId, state: 'closed' })
      .forUpdate()
      .first()
    if (!order) return false
    await order.merge({ state: 'open', closedAt: null }).save()
    t.announce(`orders/${orderId}`)
    t.record({
      verb: 'work_order.reopened',
      subject: { type: 'work_order', id: orderId },
      clientId: order.clientId,
      actorId: user.id,
    })
    return true
  })
}
