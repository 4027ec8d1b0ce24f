import type Page from '#app/intake/page'
import type { Transition } from '#app/core/transition'
import { addTask } from '#app/tasks/add_task'

/** Asks a person which page is the other side of this one. */
export async function askForOtherSide(
  t: Transition,
  page: Page,
  reason: 'doubtful_pair' | 'other_side_missing'
): Promise<void> {
  await page.useTransaction(t.trx).merge({ state: 'identify', reason }).save()
  await addTask(t, {
    kind: 'pair',
    subject: { type: 'page', id: page.id },
    submissionId: page.submissionId,
    clientId: page.clientId,
    linkageId: page.id,
    site: 'center',
  })
  t.record({
    verb: 'page.unpaired',
    subject: { type: 'page', id: page.id },
    clientId: page.clientId,
    detail: { reason },
  })
}
