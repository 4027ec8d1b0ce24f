import type { HttpContext } from '@adonisjs/core/http'
import limiter from '@adonisjs/limiter/services/main'
import User from '#app/identity/user'
import { loginValidator } from '#app/identity/login_validator'

/** Ten failed logins of one name within a quarter of an hour: then it waits. */
const failures = () => limiter.use({ requests: 10, duration: '15 mins', blockDuration: '15 mins' })

/** Logging in and out. */
export default class SessionsController {
  create({ view }: HttpContext) {
    return view.render('identity/login', { login: '', problem: null })
  }

  async store({ request, response, auth, session, view }: HttpContext) {
    const [problems, input] = await loginValidator.tryValidate(request.all())
    const refuse = (problem: string) => {
      response.status(422)
      return view.render('identity/login', { login: input?.login ?? '', problem })
    }
    if (problems) return refuse('identity.missing')

    const [tooMany, user] = await failures()
      .penalize(`login:${input.login.toLowerCase()}`, () =>
        User.verifyCredentials(input.login, input.password)
          .catch(() => null)
          .then((found) => {
            if (!found) throw new WrongCredentials()
            return found
          })
      )
      .catch((error): [boolean, null] => {
        if (error instanceof WrongCredentials) return [false, null]
        throw error
      })
    if (tooMany) return refuse('identity.too_many')
    if (!user) return refuse('identity.wrong')

    await auth.use('web').login(user)
    session.put('place', user.placeFor(input.place))
    return response.redirect('/')
  }

  /** Whether the session still holds: 204, or 401 to a script. Asked before a form is sent. */
  show({ response }: HttpContext) {
    return response.noContent()
  }

  async destroy({ auth, session, response }: HttpContext) {
    await auth.use('web').logout()
    session.clear()
    return response.redirect('/login')
  }
}

class WrongCredentials extends Error {}
