import WorkOrder from '#app/submissions/work_order'
import { visibleTo } from '#app/people/client_scope'
import { containing, type Search } from '#app/people/searches'

/** Work orders by title. */
export const orderSearch: Search = {
  name: 'orders',
  permission: 'orders.see',
  async find(user, words, limit) {
    const pattern = containing(words)
    const orders = await visibleTo(WorkOrder.query(), user)
      .whereILike('title', pattern)
      .orderBy('createdAt', 'desc')
      .limit(limit)
    return orders.map(({ id, title, number }) => ({
      label: title,
      note: String(number),
      href: `/orders/${id}`,
    }))
  },
}
