import { compose } from '@adonisjs/core/helpers'
import hash from '@adonisjs/core/services/hash'
import { withAuthFinder } from '@adonisjs/auth/mixins/lucid'
import { belongsTo, scope } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { UserSchema } from '#database/schema'
import { roleMay, rolesThatMay } from '#app/people/permissions'
import { PERMISSIONS, type Permission } from '#app/people/permission'
import Role from '#app/people/roles/role'
import Organization from '#app/people/organization'

/** Roles that every installation has; others are made (`Role`). */
export type BuiltInRole =
  | 'desk'
  | 'operator'
  | 'leader'
  | 'center_admin'
  | 'client'
  | 'client_admin'
  | 'partner'
  | 'partner_admin'
/** The site where somebody works: at the center, or at home where the client agreed. */
export type Site = 'center' | 'home'

const withLogin = withAuthFinder(() => hash.use('argon'), {
  uids: ['login'],
  passwordColumnName: 'password',
})

/** Somebody who works with the system: at the center, at home, or at a client. */
export default class User extends compose(UserSchema, withLogin) {
  declare role: BuiltInRole | 'made'
  /** of a made role */
  declare permissions: Permission[] | null
  declare sites: Site[]
  declare locale: 'ja' | 'en'
  /** of the type on their screens */
  declare typeSize: 'normal' | 'large'

  @belongsTo(() => Organization)
  declare organization: BelongsTo<typeof Organization>

  @belongsTo(() => Role, { foreignKey: 'roleId' })
  declare madeRole: BelongsTo<typeof Role>

  /** Limits a query to the people who may do something. */
  static whoMay = scope((query, permission: Permission) =>
    query.where((either) =>
      either
        .whereIn('users.role', rolesThatMay(permission))
        .orWhereRaw('? = any(users.permissions)', [permission])
    )
  )

  /** Whether this person may do something at all. */
  may(permission: Permission): boolean {
    return this.role === 'made'
      ? (this.permissions ?? []).includes(permission)
      : roleMay(this.role, permission)
  }

  /** Everything that this person may do. */
  get allPermissions(): Permission[] {
    return PERMISSIONS.filter((one) => this.may(one))
  }

  /** Whether a password for one time has been used and another is to be set before anything else. */
  get mustSetPassword(): boolean {
    return this.passwordUntil !== null
  }

  get worksForCenter(): boolean {
    return this.may('clients.all')
  }

  /** The site to work at: the one asked for where it is allowed, else the first that is. */
  siteFor(asked: string | undefined): Site {
    return this.sites.find((site) => site === asked) ?? this.sites[0]
  }
}
