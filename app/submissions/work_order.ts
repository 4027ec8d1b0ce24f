import { WorkOrderSchema } from '#database/schema'
import { newId } from '#app/core/ids'
import type { Transition } from '#app/core/transition'

/** A client's commission, until a day: scans to be turned into data, or a list into letters. Its state changes by its methods alone. */
export default class WorkOrder extends WorkOrderSchema {
  declare direction: 'to_digital' | 'to_paper'
  declare state: 'open' | 'closed'

  static async open(
    t: Transition,
    order: Pick<
      WorkOrder,
      'clientId' | 'serviceId' | 'title' | 'dueOn' | 'homeWorkAgreed' | 'openedBy' | 'direction'
    >
  ): Promise<WorkOrder> {
    const opened = await WorkOrder.create(
      { ...order, id: newId(), state: 'open' },
      { client: t.trx }
    )
    opened.#record(t, 'work_order.opened', order.openedBy, {})
    return opened
  }

  /** Nothing more comes in; the row must be locked and open. */
  async close(t: Transition, actorId: string): Promise<void> {
    await t.trx
      .from('work_orders')
      .where({ id: this.id, state: 'open' })
      .update({ state: 'closed', closed_at: t.trx.raw('now()') })
    this.#record(t, 'work_order.closed', actorId, { from: 'open', to: 'closed' })
  }

  /** It was closed too soon; the row must be locked and closed. */
  async reopen(t: Transition, actorId: string): Promise<void> {
    await t.trx
      .from('work_orders')
      .where({ id: this.id, state: 'closed' })
      .update({ state: 'open', closed_at: null })
    this.#record(t, 'work_order.reopened', actorId, { from: 'closed', to: 'open' })
  }

  #record(t: Transition, verb: string, actorId: string, detail: Record<string, string>): void {
    t.announce(`orders/${this.id}`)
    t.record({
      verb,
      subject: { type: 'work_order', id: this.id },
      clientId: this.clientId,
      actorId,
      detail,
    })
  }
}
