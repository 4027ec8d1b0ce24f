import Mailing from '#app/mailings/mailing'
import Template from '#app/mailings/templates/template'
import type User from '#app/people/user'
import WorkOrder from '#app/submissions/work_order'
import { createSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/**
 * Begins a mailing of an order: which letter goes, as what, how large. Its list is handed in next.
 * @returns null where the order is closed or isn't one that goes to paper, or the template is another client's
 */
export async function openMailing(
  user: User,
  orderId: string,
  choice: Pick<Mailing, 'templateId' | 'product' | 'typeSize'>
): Promise<Mailing | null> {
  return transition(async (t) => {
    const order = await WorkOrder.query({ client: t.trx })
      .where({ id: orderId, state: 'open', direction: 'to_paper' })
      .forUpdate()
      .first()
    const template =
      order &&
      (await Template.query({ client: t.trx })
        .where({ id: choice.templateId, clientId: order.clientId })
        .whereNull('closedAt')
        .first())
    if (!order || !template) return null
    const { dataKeyId } = await createSealer(t.trx, 'mailing')
    return Mailing.prepare(t, {
      ...choice,
      clientId: order.clientId,
      workOrderId: order.id,
      templateVersion: template.newest,
      openedBy: user.id,
      dataKeyId,
    })
  })
}
