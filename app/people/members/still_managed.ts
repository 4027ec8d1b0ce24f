import type { Transition } from '#app/core/transition'
import { PERMISSIONS } from '#app/people/permission'
import User from '#app/people/user'

/** Somebody must be left who administers the people of an organization. */
export class NobodyLeft extends Error {}

/** Locks an organization: changes of who administers it are made one after the other. */
export async function lockOrganization(t: Transition, organizationId: string): Promise<void> {
  await t.trx.from('organizations').where('id', organizationId).forUpdate().select('id')
}

/**
 * Makes sure that the center has somebody who can log in and may do everything; clients are administered by it as well.
 * @throws {NobodyLeft} and nothing of the transaction has happened
 */
export async function assertStillManaged(t: Transition): Promise<void> {
  const query = User.query({ client: t.trx })
  // Each can be given only by who has it: one that nobody had any more could never be given again.
  for (const permission of PERMISSIONS) query.withScopes((scopes) => scopes.whoMay(permission))
  const left = await query
    .whereNull('leftAt')
    .whereNull('frozenAt')
    // Whoever has not logged in with a password of their own may never do.
    .whereNotNull('invitedAt')
    .whereNull('passwordUntil')
    .first()
  if (!left) throw new NobodyLeft()
}
