import type { HttpContext } from '@adonisjs/core/http'
import { firstSteps, isBeginning } from '#app/center/first_steps'
import { navigationFor } from '#app/people/navigation'
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

/** Finds where somebody's work begins: with orders, with people who come, with what waits, or with what they may open. */
function firstScreen(user: User): string {
  if (user.may('orders.commission') && user.may('orders.see')) return '/orders'
  if (user.may('calls.hear') && user.may('desk.serve')) return '/desk'
  if (user.may('tasks.take')) return '/work'
  return navigationFor(user)[0]?.items[0].name ?? '/account'
}
