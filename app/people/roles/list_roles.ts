import db from '@adonisjs/lucid/services/db'
import Organization from '#app/people/organization'
import { permissionsFor } from '#app/people/permissions'
import { roleChoices } from '#app/people/roles/choices'
import Role from '#app/people/roles/role'
import type User from '#app/people/user'
import { idIn } from '#app/people/members/user_form'

/** Shows which role may do what in an organization, and how many people have each. */
export async function rolesOf(user: User, organizationId: unknown) {
  const organizations = await organizationsOf(user)
  const asked = idIn(organizationId)
  const organization = organizations.find(({ id }) => id === asked) ?? organizations[0]
  const choices = await roleChoices(user, organization)
  const rows: { value: string; people: number }[] = await db
    .from('users')
    .where('organization_id', organization.id)
    .whereNull('left_at')
    .groupByRaw('coalesce(role_id::text, role)')
    .select(db.raw('coalesce(role_id::text, role) as value'), db.raw('count(*)::int as people'))
  const people = new Map(rows.map((row) => [row.value, row.people]))
  return {
    organization,
    organizations,
    choices,
    counts: new Map(choices.map(({ value }) => [value, people.get(value) ?? 0])),
    permissions: permissionsFor(organization.kind).map((name) => ({
      name,
      key: name.replace('.', '_'),
    })),
  }
}

/** Returns the organizations whose people somebody administers, their own first. */
export async function organizationsOf(user: User): Promise<Organization[]> {
  return Organization.query()
    .if(!user.worksForCenter, (query) => query.where('id', user.organizationId))
    .orderByRaw('id = ? desc', [user.organizationId])
    .orderBy('name')
}

/** Finds a made role of an organization that somebody administers. @throws E_ROW_NOT_FOUND */
export async function roleFor(user: User, id: string) {
  const role = await Role.query()
    .where('id', id)
    .if(!user.worksForCenter, (query) => query.where('organizationId', user.organizationId))
    .firstOrFail()
  return { role, organization: await Organization.findOrFail(role.organizationId) }
}
