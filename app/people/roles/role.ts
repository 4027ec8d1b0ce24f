import { RoleSchema } from '#database/schema'
import type { Permission } from '#app/people/permission'

/** A role that somebody has made: a set of permissions for people of one organization. */
export default class Role extends RoleSchema {
  declare permissions: Permission[]
}
