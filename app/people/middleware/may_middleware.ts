import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { Permission } from '#app/people/permissions'

/** Addresses that are open while a password is to be set. */
const SETS_PASSWORD = ['/password', '/session', '/logout']

/**
 * The permission that a route asks for: `middleware.may('scans.receive')`. Who isn't logged in goes to the login
 * screen; who may not, gets the same 404 as for what doesn't exist.
 */
export default class MayMiddleware {
  async handle(ctx: HttpContext, next: NextFn, permission: Permission) {
    await ctx.auth.authenticateUsing(['web'], { loginRoute: '/login' })
    const user = ctx.auth.getUserOrFail()
    // A password for one time opens nothing but the screen where another is set.
    if (user.mustSetPassword && !SETS_PASSWORD.includes(ctx.request.url()))
      return ctx.response.redirect('/password')
    if (!user.may(permission))
      throw new errors.E_ROUTE_NOT_FOUND([ctx.request.method(), ctx.request.url()])
    return next()
  }
}
