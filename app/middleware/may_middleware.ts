import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { Policy } from '#app/identity/policy'
import { policies, type PolicyName } from '#start/policies'

/**
 * The policy of a route: `middleware.may(['intake', 'upload'])`. Who isn't logged in goes to the login
 * screen; who may not, gets the same 404 as for what doesn't exist.
 */
export default class MayMiddleware {
  async handle(ctx: HttpContext, next: NextFn, [name, action]: [PolicyName, string]) {
    await ctx.auth.authenticateUsing(['web'], { loginRoute: '/login' })
    const policy: Policy = (await policies[name]()).default
    const allows = policy[action]
    if (!allows) throw new Error(`No rule "${action}" in policy "${name}"`)
    if (!allows(ctx.auth.getUserOrFail()))
      throw new errors.E_ROUTE_NOT_FOUND([ctx.request.method(), ctx.request.url()])
    return next()
  }
}
