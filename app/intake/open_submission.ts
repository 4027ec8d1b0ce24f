import type Page from '#app/intake/page'
import Submission from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import { createSealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

export interface OpenedFrom {
  clientId: string
  serviceVersionId: string
  envelopeId: string | null
  arrivedOn: string
  copyId: string | null
  pages: Page[]
  actorId?: string
}

/** Opens a submission for the pages of one form, with a data key and a receipt number of its own. */
export async function openSubmission(t: Transition, from: OpenedFrom): Promise<Submission> {
  const sealer = await createSealer(t.trx, 'submission')
  const scan: { work_order_id: string | null } = await t.trx
    .from('scans')
    .where('id', from.pages[0].scanId)
    // Whoever puts the file into an order sees this submission, or this one sees the order.
    .forShare()
    .select('work_order_id')
    .firstOrFail()
  const submission = await Submission.open(
    t,
    {
      id: newId(),
      clientId: from.clientId,
      serviceVersionId: from.serviceVersionId,
      envelopeId: from.envelopeId,
      dataKeyId: sealer.dataKeyId,
      channel: 'paper',
      party: newId(),
      arrivedOn: from.arrivedOn,
      copyId: from.copyId,
      workOrderId: scan.work_order_id,
      state: 'reading',
    },
    { actorId: from.actorId }
  )
  for (const page of from.pages) await page.match(t, submission.id, from.actorId)
  if (scan.work_order_id) t.announce(`orders/${scan.work_order_id}`)
  return submission
}
