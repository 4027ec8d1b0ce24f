import type { HttpContext } from '@adonisjs/core/http'
import { firstSteps, isBeginning } from '#app/center/first_steps'
import type User from '#app/people/user'

/** The beginning of everybody's day: where their work is. */
export default class HomeController {
  async index({ auth, response }: HttpContext) {
    const user = auth.getUserOrFail()
    return response.redirect((await isBeginning(user)) ? '/start' : firstScreen(user))
  }

  /** Shows the first steps of an installation, and which are done. */
  async start({ auth, view }: HttpContext) {
    return view.render('center/start', { steps: await firstSteps(auth.getUserOrFail()) })
  }
}

/** Finds where somebody's work begins: with orders, with people who come, or with what waits. */
function firstScreen(user: User): string {
  if (user.may('orders.commission')) return '/orders'
  return user.may('calls.hear') ? '/desk' : '/work'
}
