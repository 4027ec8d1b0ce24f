import type { HttpContext } from '@adonisjs/core/http'
import { waitingFor } from '#app/people/navigation'
import { siteOfSession } from '#app/people/site_of_session'

/** Seconds for which a browser shows the numbers that it has: counting takes its time. */
const GOOD_FOR = 30

/** The numbers beside the screens of the menu; asked for once a page is there, so that none waits for them. */
export default class WaitingController {
  async index({ auth, response, session }: HttpContext) {
    response.header('Cache-Control', `private, max-age=${GOOD_FOR}`)
    return waitingFor(auth.getUserOrFail(), siteOfSession(session))
  }
}
