import type Page from '#app/intake/page'
import type { Transition } from '#app/core/transition'
import { addTask } from '#app/tasks/add_task'

/** Asks a person which page is the other side of this one. */
export async function askForOtherSide(
  t: Transition,
  page: Page,
  reason: 'doubtful_pair' | 'other_side_missing'
): Promise<void> {
  await page.askForOtherSide(t, reason)
  await addTask(t, {
    kind: 'pair',
    subject: { type: 'page', id: page.id },
    submissionId: page.submissionId,
    clientId: page.clientId,
    linkageId: page.id,
  })
}
