import { clearanceNeeded } from '#app/people/engagements/clearance'
import Organization from '#app/people/organization'
import { passwordProblem, type PasswordProblem } from '#app/people/passwords/password_rules'
import { unbegun } from '#app/people/setup/unbegun'
import User from '#app/people/user'
import { DateTime } from 'luxon'
import { newId } from '#app/core/ids'
import { lockName } from '#app/core/lock'
import { transition } from '#app/core/transition'

/** The choice of the setting. */
const EVERYBODY = '2'

export interface Beginning {
  /** what the center is called */
  center: string
  displayName: string
  login: string
  password: string
  locale: 'ja' | 'en'
}

/**
 * Makes the center and its first administrator, once.
 * @returns the administrator; why the password can't be taken; or null where somebody was first
 */
export async function beginInstallation(
  plan: Beginning
): Promise<{ user: User } | { problem: PasswordProblem } | null> {
  const problem = await passwordProblem(plan.password, [plan.login, plan.displayName, plan.center])
  if (problem) return { problem }
  return transition(async (t) => {
    await lockName(t.trx, 'setup')
    if (!(await unbegun(t.trx))) return null
    const center = await Organization.create(
      { id: newId(), kind: 'center', slug: 'center', name: plan.center },
      { client: t.trx }
    )
    const user = await User.create(
      {
        id: newId(),
        organizationId: center.id,
        login: plan.login,
        password: plan.password,
        displayName: plan.displayName,
        role: 'center_admin',
        sites: ['center'],
        locale: plan.locale,
        invitedAt: DateTime.now(),
      },
      { client: t.trx }
    )
    // Nobody works before they have promised to keep what they see to themselves. An older installation says so itself.
    await clearanceNeeded.take(t, EVERYBODY, user)
    t.recordOnly({
      verb: 'installation.begun',
      subject: { type: 'organization', id: center.id },
      actorId: user.id,
    })
    return { user: await user.refresh() }
  })
}
