import type User from '#app/people/user'
import type Service from '#app/catalog/service'
import WorkOrder from '#app/submissions/work_order'
import { transition } from '#app/core/transition'

export interface NewOrder {
  title: string
  dueOn: string
  homeWorkAgreed: boolean
}

/** A client commissions work on one of its services. */
export async function openOrder(user: User, service: Service, order: NewOrder): Promise<WorkOrder> {
  return transition((t) =>
    WorkOrder.open(t, {
      ...order,
      clientId: service.clientId,
      serviceId: service.id,
      openedBy: user.id,
    })
  )
}
