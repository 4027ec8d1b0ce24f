import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { gateBefore, isOpenBefore } from '#app/people/session_gates'
import type { Permission } from '#app/people/permission'

/**
 * The permission that a route asks for: `middleware.may('scans.receive')`. Who isn't logged in goes to the login
 * screen; who may not, gets the same 404 as for what doesn't exist.
 */
export default class MayMiddleware {
  async handle(ctx: HttpContext, next: NextFn, permission: Permission) {
    await ctx.auth.authenticateUsing(['web'], { loginRoute: '/login' })
    const user = ctx.auth.getUserOrFail()
    const gate = gateBefore(ctx)
    if (gate && !isOpenBefore(gate, ctx.request.url())) {
      if (ctx.request.accepts(['html', 'json']) === 'html') return ctx.response.redirect(gate.path)
      return ctx.response.status(423).send({ at: gate.path })
    }
    if (!user.may(permission))
      throw new errors.E_ROUTE_NOT_FOUND([ctx.request.method(), ctx.request.url()])
    return next()
  }
}
