import { isDirectoryNameTaken } from '#app/people/directory/directory_name'
import { assertStillManaged, lockOrganization, NobodyLeft } from '#app/people/members/still_managed'
import { mayActFor } from '#app/people/members/people_of'
import { mayWorkAt, sitesOf } from '#app/people/members/add_user'
import Organization from '#app/people/organization'
import { asColumns, choiceOf, roleChoices } from '#app/people/roles/choices'
import User, { type Site } from '#app/people/user'
import { userListeners } from '#app/people/user_listener'
import { transition } from '#app/core/transition'

export interface UserChange {
  displayName: string
  role: string
  sites: Site[]
  locale: 'ja' | 'en'
  email?: string
  /** by which the city's directory knows them; undefined leaves it as it is */
  directoryName?: string | null
  /** the role that stood on the screen: somebody else may have changed it meanwhile */
  seen?: string
}

export type Changed =
  | { ok: true }
  | {
      ok: false
      reason:
        | 'email'
        | 'directory_taken'
        | 'no_role'
        | 'more_than_own'
        | 'no_home'
        | 'overtaken'
        | 'nobody_left'
        | 'left'
    }

/** Changes who somebody is and what they may do. What they have taken on goes back where they may do less than before. */
export async function changeUser(
  actor: User,
  userId: string,
  change: UserChange
): Promise<Changed> {
  try {
    return await transition(async (t) => {
      const { organizationId } = await User.query({ client: t.trx })
        .where('id', userId)
        .firstOrFail()
      await lockOrganization(t, organizationId)
      const user = await User.query({ client: t.trx }).where('id', userId).forUpdate().firstOrFail()
      if (user.leftAt) return { ok: false, reason: 'left' }
      if (!mayActFor(actor, user)) return { ok: false, reason: 'more_than_own' }
      if (change.seen && change.seen !== choiceOf(user)) return { ok: false, reason: 'overtaken' }
      const choices = await roleChoices(
        actor,
        await Organization.findOrFail(organizationId, { client: t.trx }),
        t.trx
      )
      const choice = choices.find(({ value }) => value === change.role)
      if (!choice) return { ok: false, reason: 'no_role' }
      if (!choice.mayGive) return { ok: false, reason: 'more_than_own' }
      const before = { permissions: user.allPermissions, sites: user.sites, role: choiceOf(user) }
      if (!mayWorkAt(change.sites, choice)) return { ok: false, reason: 'no_home' }
      const sites = sitesOf(change.sites)
      const { displayName, locale, email = null, directoryName = user.directoryName } = change
      if (await isDirectoryNameTaken(t, directoryName, user.id))
        return { ok: false, reason: 'directory_taken' }
      // Another name is another person of the directory, until they come.
      if (directoryName !== user.directoryName)
        user.merge({ directoryName, directorySubject: null })
      await user.merge({ displayName, locale, email, sites, ...asColumns(choice) }).save()
      if (
        before.permissions.some((one) => !choice.permissions.includes(one)) ||
        before.sites.some((site) => !sites.includes(site))
      )
        for (const listener of userListeners.all()) await listener.lessened?.(t, user)
      await assertStillManaged(t)
      t.recordOnly({
        verb: 'user.changed',
        subject: { type: 'user', id: user.id },
        clientId: user.worksForCenter ? null : organizationId,
        actorId: actor.id,
        detail: { from: before.role, to: change.role, sites: sites.join(' ') },
      })
      return { ok: true }
    })
  } catch (error) {
    if (error instanceof NobodyLeft) return { ok: false, reason: 'nobody_left' }
    throw error
  }
}
