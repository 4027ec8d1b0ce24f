import Mailing from '#app/mailings/mailing'
import Template from '#app/mailings/templates/template'
import { templateOf } from '#app/mailings/templates/template_versions'
import { products } from '#app/replies/products/product'
import type User from '#app/people/user'
import WorkOrder from '#app/submissions/work_order'
import { createSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/**
 * Begins a mailing of an order: which letter goes, as what, how large. Its list is handed in next.
 * @returns `overtaken` where the order is closed or isn't one that goes to paper, or the template is another client's;
 * `no_envelope` where a form goes with the letter, and this product has none
 */
export async function openMailing(
  user: User,
  orderId: string,
  choice: Pick<Mailing, 'templateId' | 'product' | 'typeSize'>
): Promise<Mailing | 'overtaken' | 'no_envelope'> {
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
    if (!order || !template) return 'overtaken'
    const { enclosure } = await templateOf(
      { templateId: template.id, templateVersion: template.newest },
      t.trx
    )
    if (enclosure && !products.get(choice.product).encloses) return 'no_envelope'
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
