import type User from '#app/people/user'
import ServiceVersion from '#app/catalog/service_version'
import Page, { MAYBE_NUMBER } from '#app/intake/page'
import { transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'

/** A reason why a page doesn't go on: it stays in the books, set aside. */
export type SetAsideReason = 'blank' | 'attachment' | 'not_ours' | 'duplicate' | 'unreadable'

/**
 * A person says which form and side a page is; the worker then reads it as that, and it waits for its
 * other side.
 * @returns false when the lease has run out, or the form is not one of this client's
 */
export async function identifyPage(
  user: User,
  assignment: Assignment,
  versionId: string,
  formPage: number
): Promise<boolean> {
  return transition(async (t) => {
    const page = await Page.query({ client: t.trx })
      .where({ id: assignment.task.subjectId, state: 'identify' })
      .whereNull('serviceVersionId')
      .forUpdate()
      .first()
    const version = await ServiceVersion.query({ client: t.trx })
      .where('id', versionId)
      .whereIn(
        'serviceId',
        t.trx.from('services').where('client_id', assignment.task.clientId).select('id')
      )
      .first()
    // Of what may show a My Number only a blur is kept: it can't be read as anything.
    if (!page || page.reason === MAYBE_NUMBER) return false
    if (!version || formPage < 1 || formPage > version.description.pageCount) return false
    if (!(await endAssignment(t, assignment, 'done'))) return false
    await page.identify(t, { versionId: version.id, formPage }, user.id)
    return true
  })
}

/**
 * A person says that a page isn't to be keyed, and why.
 * @returns false when the lease has run out
 */
export async function setPageAside(
  user: User,
  assignment: Assignment,
  reason: SetAsideReason
): Promise<boolean> {
  return transition(async (t) => {
    const page = await Page.query({ client: t.trx })
      .where({ id: assignment.task.subjectId, state: 'identify' })
      .forUpdate()
      .first()
    if (!page || !(await endAssignment(t, assignment, 'done'))) return false
    await page.setAside(t, reason, user.id)
    return true
  })
}
