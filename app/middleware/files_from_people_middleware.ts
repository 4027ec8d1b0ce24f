import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Files are read from who is logged in only: a stranger's never reach the disk. Stands before the body parser. */
export default class FilesFromPeopleMiddleware {
  handle({ auth, request }: HttpContext, next: NextFn) {
    if (request.is(['multipart/form-data']) && !auth.user) {
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    }
    return next()
  }
}
