import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import WorkOrder from '#app/submissions/work_order'

/** A work order that this person may know of. @throws 404 */
export function orderOf(user: User, id: string): Promise<WorkOrder> {
  return visibleTo(WorkOrder.query(), user).where('work_orders.id', id).firstOrFail()
}
