import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'

/** Answers that there is nothing here, with the page that says so. @throws always */
export function notFound({ request }: Pick<HttpContext, 'request'>): never {
  throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
}
