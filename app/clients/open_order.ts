import type User from '#app/people/user'
import type Service from '#app/catalog/service'
import WorkOrder from '#app/submissions/work_order'
import { transition } from '#app/core/transition'

export interface NewOrder {
  title: string
  dueOn: string
  homeWorkAgreed: boolean
  direction: WorkOrder['direction']
}

/** A client commissions work on one of its services, or other work (null). */
export async function openOrder(
  user: User,
  clientId: string,
  service: Service | null,
  order: NewOrder
): Promise<WorkOrder> {
  return transition((t) =>
    WorkOrder.open(t, { ...order, clientId, serviceId: service?.id ?? null, openedBy: user.id })
  )
}
