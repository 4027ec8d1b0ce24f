import type User from '#app/people/user'
import Scan from '#app/intake/scan'
import { lockSubmissions } from '#app/submissions/lock_submissions'
import Submission from '#app/submissions/submission'
import { transition } from '#app/core/transition'
import { retargetTasks } from '#app/tasks/retarget_tasks'

/**
 * Puts a file that came in without a work order into an open one of its service: its forms are delivered with it. What
 * is still to be keyed is due when the order is, and at home only where the order agrees.
 */
export async function putInOrder(
  user: User,
  scanId: string,
  orderId: string
): Promise<'done' | 'other_service' | 'order_closed' | 'late'> {
  return transition(async (t) => {
    const pages: { submission_id: string }[] = await t.trx
      .from('pages')
      .where('scan_id', scanId)
      .whereNotNull('submission_id')
      .select('submission_id')
    await lockSubmissions(
      t.trx,
      pages.map((page) => page.submission_id)
    )
    const order: {
      state: string
      service_id: string | null
      home_work_agreed: boolean
      due_on: string
    } | null = await t.trx.from('work_orders').where('id', orderId).forUpdate().first()
    const scan = await Scan.query({ client: t.trx }).where('id', scanId).forUpdate().firstOrFail()
    if (order?.state !== 'open') return 'order_closed'
    if (order.service_id !== scan.serviceId) return 'other_service'
    if (scan.workOrderId !== null) return 'late'
    await scan.merge({ workOrderId: orderId }).save()
    // Also those that were opened while somebody chose.
    const opened: { submission_id: string }[] = await t.trx
      .from('pages')
      .where('scan_id', scanId)
      .whereNotNull('submission_id')
      .select('submission_id')
    const taken = await Submission.putInOrder(
      t,
      opened.map((page) => page.submission_id),
      orderId
    )
    await retargetTasks(t, taken, { dueOn: order.due_on, mayBeAtHome: order.home_work_agreed })
    t.announce(`orders/${orderId}`)
    t.announce(`scans/${scanId}`)
    t.record({
      verb: 'scan.put_in_order',
      subject: { type: 'scan', id: scanId },
      clientId: scan.clientId,
      actorId: user.id,
      detail: { order: orderId, submissions: taken.length },
    })
    return 'done'
  })
}
