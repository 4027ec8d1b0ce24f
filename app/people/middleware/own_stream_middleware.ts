import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** The owners of this process's open event streams, by the id that the browser gave each. */
const owners = new Map<string, string>()

/** An event stream belongs to who opened it: nobody else opens, joins or ends one by its id. */
export default class OwnStreamMiddleware {
  handle({ auth, request, response }: HttpContext, next: NextFn) {
    const uid = String(request.input('uid') ?? '')
    const user = auth.getUserOrFail().id
    const owner = owners.get(uid)
    if (owner && owner !== user)
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    if (request.method() === 'GET') {
      owners.set(uid, user)
      response.response.once('close', () => owners.delete(uid))
    } else if (!owner) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    return next()
  }
}
