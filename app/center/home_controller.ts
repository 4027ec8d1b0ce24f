import type { HttpContext } from '@adonisjs/core/http'
import { firstSteps, isBeginning } from '#app/center/first_steps'

/** The beginning of everybody's day. */
export default class HomeController {
  async index({ auth, response }: HttpContext) {
    return response.redirect((await isBeginning(auth.getUserOrFail())) ? '/start' : '/today')
  }

  /** Shows the first steps of an installation, and which are done. */
  async start({ auth, view }: HttpContext) {
    return view.render('center/start', { steps: await firstSteps(auth.getUserOrFail()) })
  }
}
