import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import WorkOrder from '#app/submissions/work_order'
import { today } from '#app/core/clock'

/** Counts orders that should be done by now and aren't. */
export async function countLateOrders(user: User): Promise<number> {
  const [{ $extras }] = await visibleTo(WorkOrder.query(), user)
    .where('state', 'open')
    .where('dueOn', '<=', today())
    .count('* as count')
  return Number($extras.count)
}
