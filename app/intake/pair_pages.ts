import type User from '#app/people/user'
import Page from '#app/intake/page'
import Scan from '#app/intake/scan'
import { openSubmission } from '#app/intake/open_submission'
import { transition } from '#app/core/transition'
import { withdrawTasks } from '#app/tasks/withdraw_tasks'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'

/** Pages that could be the other side of this one: same client and form, another side, nearest in the stack first. */
export function possibleOtherSides(page: Page) {
  return Page.query()
    .where({ clientId: page.clientId, serviceVersionId: page.serviceVersionId!, state: 'identify' })
    .whereIn('reason', ['doubtful_pair', 'other_side_missing'])
    .whereNot('formPage', page.formPage!)
    .orderByRaw('(scan_id = ?) desc, abs(number - ?), created_at', [page.scanId, page.number])
    .limit(12)
}

/**
 * A person says which pages are one form: this one and its other side, or this one alone.
 * @returns false when one of them has been taken in the meantime
 */
export async function pairPages(
  user: User,
  assignment: Assignment,
  otherSideId: string | null
): Promise<boolean> {
  return transition(async (t) => {
    const ids = [assignment.task.subjectId, ...(otherSideId ? [otherSideId] : [])]
    const pages = await Page.query({ client: t.trx })
      .whereIn('id', ids)
      .where('state', 'identify')
      .orderBy('id')
      .forUpdate()
    const [page] = pages
    const fit =
      pages.length === ids.length &&
      pages.every(
        (one) => one.clientId === page.clientId && one.serviceVersionId === page.serviceVersionId
      )
    if (!fit || new Set(pages.map((one) => one.formPage)).size !== pages.length) return false
    if (!(await endAssignment(t, assignment, 'done'))) return false
    if (otherSideId) await withdrawTasks(t, { type: 'page', id: otherSideId }, 'pair')
    const scan = await Scan.query({ client: t.trx }).where('id', page.scanId).firstOrFail()
    await openSubmission(t, {
      clientId: page.clientId,
      serviceVersionId: page.serviceVersionId!,
      envelopeId: scan.envelopeId,
      arrivedOn: scan.arrivedOn,
      copyId: page.copyId,
      pages: pages.sort((a, b) => a.formPage! - b.formPage!),
      actorId: user.id,
    })
    return true
  })
}
