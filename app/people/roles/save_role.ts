import { assertStillManaged, lockOrganization, NobodyLeft } from '#app/people/members/still_managed'
import Organization from '#app/people/organization'
import { withBase } from '#app/people/permissions'
import Role from '#app/people/roles/role'
import User from '#app/people/user'
import { userListeners } from '#app/people/user_listener'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'

export interface RolePlan {
  name: string
  permissions: string[]
  /** whether its people show a second factor at the center too */
  asksFactor?: boolean
}

export type Saved =
  | { ok: true; role: Role }
  | { ok: false; reason: 'name_taken' | 'more_than_own' | 'overtaken' | 'nobody_left' }

/** Makes a role for the people of an organization, of permissions that whoever makes it has. */
export function addRole(actor: User, organization: Organization, plan: RolePlan): Promise<Saved> {
  return saving(async (t) => {
    await lockOrganization(t, organization.id)
    return putRole(t, actor, organization, plan)
  })
}

/** Ends the transaction in which one of several couldn't be made. */
class NotMade extends Error {
  constructor(
    readonly reason: Extract<Saved, { ok: false }>['reason'],
    readonly at: number
  ) {
    super()
  }
}

/** Makes several roles: all of them, or none. @returns else which couldn't be made, and why */
export async function addRoles(
  actor: User,
  organization: Organization,
  plans: RolePlan[]
): Promise<{ ok: true } | { ok: false; reason: NotMade['reason']; at: number }> {
  try {
    await transition(async (t) => {
      await lockOrganization(t, organization.id)
      for (const [at, plan] of plans.entries()) {
        const saved = await putRole(t, actor, organization, plan)
        if (!saved.ok) throw new NotMade(saved.reason, at)
      }
    })
    return { ok: true }
  } catch (error) {
    if (error instanceof NotMade) return { ok: false, reason: error.reason, at: error.at }
    throw error
  }
}

async function putRole(
  t: Transition,
  actor: User,
  organization: Organization,
  plan: RolePlan
): Promise<Saved> {
  const permissions = withBase(organization.kind, plan.permissions)
  if (permissions.some((one) => !actor.may(one))) return { ok: false, reason: 'more_than_own' }
  if (await isTaken(t, organization.id, plan.name)) return { ok: false, reason: 'name_taken' }
  const role = await Role.create(
    {
      id: newId(),
      organizationId: organization.id,
      name: plan.name,
      permissions,
      asksFactor: plan.asksFactor ?? false,
      changedBy: actor.id,
    },
    { client: t.trx }
  )
  record(t, role, organization, actor, 'role.added')
  return { ok: true, role: await role.refresh() }
}

/**
 * Changes a role, and with it what everybody may do who has it; what they have taken on goes back where that is less than
 * before. Whoever takes away or gives must have it.
 * @param seen when it had been changed, as the screen said
 */
export function changeRole(
  actor: User,
  roleId: string,
  plan: RolePlan & { seen: string }
): Promise<Saved> {
  return saving(async (t) => {
    const { organizationId } = await Role.findOrFail(roleId, { client: t.trx })
    await lockOrganization(t, organizationId)
    const role = await Role.query({ client: t.trx }).where('id', roleId).forUpdate().firstOrFail()
    if (String(role.changedAt.toMillis()) !== plan.seen) return { ok: false, reason: 'overtaken' }
    const organization = await Organization.findOrFail(organizationId, { client: t.trx })
    const permissions = withBase(organization.kind, plan.permissions)
    const before = role.permissions
    if ([...before, ...permissions].some((one) => !actor.may(one)))
      return { ok: false, reason: 'more_than_own' }
    if (await isTaken(t, organizationId, plan.name, roleId))
      return { ok: false, reason: 'name_taken' }
    const asksFactor = plan.asksFactor ?? false
    await role.merge({ name: plan.name, permissions, asksFactor, changedBy: actor.id }).save()
    await t.trx
      .from('roles')
      .where('id', roleId)
      .update({ changed_at: t.trx.raw('clock_timestamp()') })
    await t.trx.from('users').where('role_id', roleId).update({ permissions })
    if (before.some((one) => !permissions.includes(one))) await lessen(t, roleId)
    await assertStillManaged(t)
    record(t, role, organization, actor, 'role.changed')
    return { ok: true, role: await role.refresh() }
  })
}

/** Removes a role that nobody has any more; false while somebody has it, also who has left: they may come back. */
export async function removeRole(actor: User, roleId: string): Promise<boolean> {
  return transition(async (t) => {
    const role = await Role.query({ client: t.trx }).where('id', roleId).forUpdate().first()
    if (!role || role.permissions.some((one) => !actor.may(one))) return false
    if (await t.trx.from('users').where('role_id', roleId).first()) return false
    const organization = await Organization.findOrFail(role.organizationId, { client: t.trx })
    await role.delete()
    record(t, role, organization, actor, 'role.removed')
    return true
  })
}

async function lessen(t: Transition, roleId: string): Promise<void> {
  const people = await User.query({ client: t.trx }).where('roleId', roleId).orderBy('id')
  for (const person of people)
    for (const listener of userListeners.all()) await listener.lessened?.(t, person)
}

async function isTaken(
  t: Transition,
  organizationId: string,
  name: string,
  exceptId?: string
): Promise<boolean> {
  const known = await Role.query({ client: t.trx })
    .where({ organizationId, name })
    .if(exceptId, (query) => query.whereNot('id', exceptId!))
    .first()
  return known !== null
}

async function saving(work: (t: Transition) => Promise<Saved>): Promise<Saved> {
  try {
    return await transition(work)
  } catch (error) {
    if (error instanceof NobodyLeft) return { ok: false, reason: 'nobody_left' }
    throw error
  }
}

function record(
  t: Transition,
  role: Role,
  organization: Organization,
  actor: User,
  verb: string
): void {
  t.recordOnly({
    verb,
    subject: { type: 'role', id: role.id },
    clientId: organization.kind === 'client' ? organization.id : null,
    actorId: actor.id,
    detail: {
      name: role.name,
      permissions: role.permissions.join(' '),
      asks_factor: role.asksFactor,
    },
  })
}
