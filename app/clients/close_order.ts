import { orderParts } from '#app/clients/order_part'
import type User from '#app/people/user'
import WorkOrder from '#app/submissions/work_order'
import { transition } from '#app/core/transition'

export type ClosedOrder = { ok: true } | { ok: false; reason: 'not_through' | 'late' }

/** The client is content: nothing more comes in. Only when every page, form and batch is through. */
export async function closeOrder(user: User, orderId: string): Promise<ClosedOrder> {
  return transition(async (t) => {
    const order = await WorkOrder.query({ client: t.trx })
      .where({ id: orderId, state: 'open' })
      .forUpdate()
      .first()
    if (!order) return { ok: false, reason: 'late' }
    const { rows } = await t.trx.rawQuery<{ rows: { open: boolean }[] }>(
      `select exists (select 1 from scans where work_order_id = :id and state in ('received', 'decoded'))
         or exists (select 1 from pages p join scans s on s.id = p.scan_id where s.work_order_id = :id and p.state in ('pending', 'read', 'identify'))
         or exists (select 1 from submissions where work_order_id = :id and state in ('collecting', 'reading', 'keying', 'adjudicating', 'verified'))
         or exists (select 1 from corrections c join submissions u on u.id = c.submission_id where u.work_order_id = :id and c.state = 'open') as open`,
      { id: orderId }
    )
    if (rows[0].open) return { ok: false, reason: 'not_through' }
    for (const part of orderParts.all())
      if (!(await part.isThrough(orderId, t.trx))) return { ok: false, reason: 'not_through' }
    await order.close(t, user.id)
    return { ok: true }
  })
}
