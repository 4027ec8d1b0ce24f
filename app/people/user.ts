import { compose } from '@adonisjs/core/helpers'
import hash from '@adonisjs/core/services/hash'
import { withAuthFinder } from '@adonisjs/auth/mixins/lucid'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { UserSchema } from '#database/schema'
import { roleMay, type Permission } from '#app/people/permissions'
import Organization from '#app/people/organization'

export type Role = 'desk' | 'operator' | 'leader' | 'center_admin' | 'client'
/** Where somebody works: at the center, or at home where the client agreed. */
export type Site = 'center' | 'home'

const withLogin = withAuthFinder(() => hash.use('argon'), {
  uids: ['login'],
  passwordColumnName: 'password',
})

/** Somebody who works with the system: at the center, at home, or at a client. */
export default class User extends compose(UserSchema, withLogin) {
  declare role: Role
  declare sites: Site[]
  declare locale: 'ja' | 'en'

  @belongsTo(() => Organization)
  declare organization: BelongsTo<typeof Organization>

  /** Whether this person may do something at all. */
  may(permission: Permission): boolean {
    return roleMay(this.role, permission)
  }

  get worksForCenter(): boolean {
    return this.may('clients.all')
  }

  /** The site to work at: the one asked for where it is allowed, else the first that is. */
  siteFor(asked: string | undefined): Site {
    return this.sites.find((site) => site === asked) ?? this.sites[0]
  }
}
