import type { NextFn } from '@adonisjs/core/types/http'
import type { HttpContext } from '@adonisjs/core/http'

/** Says of a route that it is meant for everybody, logged in or not. A route must say this or `may`. */
export default class EverybodyMiddleware {
  handle(_ctx: HttpContext, next: NextFn) {
    return next()
  }
}
