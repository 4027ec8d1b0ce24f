import type { HttpContext } from '@adonisjs/core/http'
import { localeValidator } from '#app/people/login_validator'

/** The language of the screens, kept with the person and, before the login, with the session. */
export default class LocalesController {
  async update({ request, response, auth, session }: HttpContext) {
    const { locale } = await request.validateUsing(localeValidator)
    session.put('locale', locale)
    if (auth.user) await auth.user.merge({ locale }).save()
    return response.redirect().back()
  }
}
