import { isDirectoryNameTaken } from '#app/people/directory/directory_name'
import { lockOrganization } from '#app/people/members/still_managed'
import Organization from '#app/people/organization'
import { asColumns, roleChoices, type RoleChoice } from '#app/people/roles/choices'
import { oneTimePassword } from '#app/people/passwords/one_time_password'
import User, { type Site } from '#app/people/user'
import { newId } from '#app/core/ids'
import { lockName } from '#app/core/lock'
import { transition, type Transition } from '#app/core/transition'

export interface NewUser {
  organizationId: string
  login: string
  displayName: string
  /** a built-in role's name, or a made role's id */
  role: string
  sites: Site[]
  locale: 'ja' | 'en'
  email?: string
  /** by which the city's directory knows them */
  directoryName?: string | null
}

export type Added =
  | { ok: true; user: User }
  | {
      ok: false
      reason:
        | 'login_taken'
        | 'directory_taken'
        | 'no_role'
        | 'more_than_own'
        | 'no_home'
        | 'no_organization'
    }

/** Adds somebody. They can't log in before they are invited (`invite`). */
export async function addUser(actor: User, plan: NewUser): Promise<Added> {
  const organizationId = actor.worksForCenter ? plan.organizationId : actor.organizationId
  const organization = await Organization.find(organizationId)
  if (!organization) return { ok: false, reason: 'no_organization' }
  return transition(async (t) => {
    // Roles of it don't change meanwhile, and names to log in with are given one after the other.
    await lockOrganization(t, organizationId)
    await lockName(t.trx, 'logins')
    const choices = await roleChoices(actor, organization, t.trx)
    const choice = choices.find(({ value }) => value === plan.role)
    if (!choice) return { ok: false, reason: 'no_role' }
    if (!choice.mayGive) return { ok: false, reason: 'more_than_own' }
    if (!mayWorkAt(plan.sites, choice)) return { ok: false, reason: 'no_home' }
    if (await isTaken(t, plan.login)) return { ok: false, reason: 'login_taken' }
    const { directoryName = null } = plan
    if (await isDirectoryNameTaken(t, directoryName, null))
      return { ok: false, reason: 'directory_taken' }
    const user = await User.create(
      {
        id: newId(),
        organizationId,
        login: plan.login,
        // Known to nobody: the invitation brings the first that is.
        password: oneTimePassword(),
        displayName: plan.displayName,
        ...asColumns(choice),
        sites: sitesOf(plan.sites),
        locale: plan.locale,
        email: plan.email ?? null,
        directoryName,
      },
      { client: t.trx }
    )
    t.recordOnly({
      verb: 'user.added',
      subject: { type: 'user', id: user.id },
      clientId: organization.kind === 'client' ? organization.id : null,
      actorId: actor.id,
      detail: { role: plan.role },
    })
    return { ok: true, user }
  })
}

/** Tells whether people of a role may work at these sites: at home only where the role does. */
export function mayWorkAt(sites: Site[], { permissions }: RoleChoice): boolean {
  return !sites.includes('home') || permissions.includes('tasks.home')
}

/** Returns the sites of somebody, in order; the center where nothing was chosen. */
export function sitesOf(chosen: Site[]): Site[] {
  const sites = (['center', 'home'] as const).filter((site) => chosen.includes(site))
  return sites.length > 0 ? sites : ['center']
}

async function isTaken(t: Transition, login: string): Promise<boolean> {
  const known = await t.trx.from('users').whereRaw('lower(login) = ?', [login]).first()
  return known !== null
}
