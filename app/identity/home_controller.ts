import type { HttpContext } from '@adonisjs/core/http'
import type { Role } from '#app/identity/user'

const FIRST_SCREEN: Record<Role, string> = {
  desk: '/desk',
  operator: '/work',
  leader: '/work',
  center_admin: '/orders',
  client: '/orders',
}

/** Everybody begins where their work is. */
export default class HomeController {
  index({ auth, response }: HttpContext) {
    return response.redirect(FIRST_SCREEN[auth.getUserOrFail().role])
  }
}
