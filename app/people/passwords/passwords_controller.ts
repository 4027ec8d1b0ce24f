import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { MAX_LENGTH, MIN_LENGTH } from '#app/people/passwords/password_rules'
import { setPassword } from '#app/people/passwords/set_password'
import { beginSession } from '#app/people/sessions'
import { notice } from '#app/core/notice'

const text = () => vine.string().maxLength(MAX_LENGTH * 2)

const passwordValidator = vine.create({ current: text(), password: text(), again: text() })

/** Setting one's own password: at any time, and after an invitation before anything else. */
export default class PasswordsController {
  async show(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await passwordValidator.tryValidate(request.all())
    const user = auth.getUserOrFail()
    const problem = problems ? 'missing' : await setPassword(user, input)
    if (problem) {
      response.status(422)
      return this.#page(ctx, problem)
    }
    beginSession(session, user, request.header('user-agent'))
    session.regenerate()
    notice(session, 'good', 'people.password_set')
    return response.redirect('/')
  }

  async #page({ auth, view }: HttpContext, problem: string | null) {
    return view.render('people/password', {
      problem,
      login: auth.getUserOrFail().login,
      first: auth.getUserOrFail().mustSetPassword,
      min: MIN_LENGTH,
    })
  }
}
