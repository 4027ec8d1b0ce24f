import type User from '#app/identity/user'
import type Service from '#app/catalog/service'
import WorkOrder from '#app/orders/work_order'
import { newId } from '#app/shared/ids'
import { transition } from '#app/shared/transition'

export interface NewOrder {
  title: string
  dueOn: string
  homeWorkAgreed: boolean
}

/** A client commissions work on one of its services. */
export async function openOrder(user: User, service: Service, order: NewOrder): Promise<WorkOrder> {
  return transition(async (t) => {
    const opened = await WorkOrder.create(
      {
        id: newId(),
        clientId: service.clientId,
        serviceId: service.id,
        direction: 'to_digital',
        title: order.title,
        dueOn: order.dueOn,
        homeWorkAgreed: order.homeWorkAgreed,
        openedBy: user.id,
        state: 'open',
      },
      { client: t.trx }
    )
    t.record({
      verb: 'work_order.opened',
      subject: { type: 'work_order', id: opened.id },
      clientId: service.clientId,
      actorId: user.id,
    })
    return opened
  })
}
