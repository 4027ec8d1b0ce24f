import type { HttpContext } from '@adonisjs/core/http'
import type User from '#app/people/user'

/** Everybody begins where their work is. */
export default class HomeController {
  index({ auth, response }: HttpContext) {
    return response.redirect(firstScreen(auth.getUserOrFail()))
  }
}

/** Chooses a screen: who commissions work looks at it, who hears the phone helps people, all others do what waits. */
function firstScreen(user: User): string {
  if (user.may('orders.commission')) return '/orders'
  return user.may('calls.hear') ? '/desk' : '/work'
}
