import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Nothing that a person saw here stays in a browser's store or in a proxy. */
export default class PrivatePagesMiddleware {
  async handle({ response }: HttpContext, next: NextFn) {
    response.header('Cache-Control', 'no-store')
    response.header('Referrer-Policy', 'same-origin')
    await next()
  }
}
