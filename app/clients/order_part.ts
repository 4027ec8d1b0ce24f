import { Registry } from '#app/core/registry'
import type { Queries } from '#app/core/queries'
import type User from '#app/people/user'
import type WorkOrder from '#app/submissions/work_order'

/** Another kind of work that an order is broken down into, beside the forms of its service. */
export interface OrderPart {
  /** the room */
  name: string
  /** of which orders it is */
  direction: WorkOrder['direction']
  /** its part of the page of an order; a component that is given `order` and what `load` returns */
  view: string
  load(order: WorkOrder, user: User): Promise<object>
  /** whether nothing of it is left to do or to answer: then the order can be closed */
  isThrough(orderId: string, client: Queries): Promise<boolean>
  /** of these orders, how much each has of it, and how much of that is there */
  counts(orderIds: string[]): Promise<Map<string, { all: number; settled: number }>>
}

export const orderParts = new Registry<OrderPart>('part of an order')
