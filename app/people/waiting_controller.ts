import type { HttpContext } from '@adonisjs/core/http'
import { waitingFor } from '#app/people/navigation'
import { siteOfSession } from '#app/people/site_of_session'

/** The numbers beside the screens of the menu; asked for once a page is there, so that none waits for them. */
export default class WaitingController {
  async index({ auth, session }: HttpContext) {
    return waitingFor(auth.getUserOrFail(), siteOfSession(session))
  }
}
