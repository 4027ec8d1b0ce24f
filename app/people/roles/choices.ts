import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Organization from '#app/people/organization'
import { BUILT_IN_ROLES, permissionsOf } from '#app/people/permissions'
import type { Permission } from '#app/people/permission'
import Role from '#app/people/roles/role'
import type User from '#app/people/user'
import type { BuiltInRole } from '#app/people/user'

/** A role that people of an organization can have. */
export interface RoleChoice {
  /** a built-in role's name, or a made role's id */
  value: string
  /** key of the name of a built-in role */
  label: string | null
  /** the name of a made role */
  name: string | null
  permissions: Permission[]
  asksFactor: boolean
  /** whether whoever looks has all of it, and so may give it */
  mayGive: boolean
}

/** Lists the roles of an organization, built-in ones first; within a transaction by its connection. */
export async function roleChoices(
  user: User,
  organization: Organization,
  client?: TransactionClientContract
): Promise<RoleChoice[]> {
  const made = await Role.query({ client }).where('organizationId', organization.id).orderBy('name')
  const builtIn: readonly BuiltInRole[] = BUILT_IN_ROLES[organization.kind]
  const mayGive = (permissions: Permission[]) => permissions.every((one) => user.may(one))
  return [
    ...builtIn.map((role) => ({
      value: role,
      label: `people.role_${role}`,
      name: null,
      permissions: permissionsOf(role),
      asksFactor: false,
      mayGive: mayGive(permissionsOf(role)),
    })),
    ...made.map(({ id, name, permissions, asksFactor }) => ({
      value: id,
      label: null,
      name,
      permissions,
      asksFactor,
      mayGive: mayGive(permissions),
    })),
  ]
}

/** Returns what a chosen role writes into the row of somebody who has it. */
export function asColumns({ value, label, permissions }: RoleChoice) {
  return label === null
    ? { role: 'made' as const, roleId: value, permissions }
    : { role: value as BuiltInRole, roleId: null, permissions: null }
}

/** Finds the choice that somebody has now. */
export function choiceOf(user: User): string {
  return user.roleId ?? user.role
}
