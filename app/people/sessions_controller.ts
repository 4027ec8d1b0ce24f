import type { HttpContext } from '@adonisjs/core/http'
import { deviceOf, enter, recordSignIn } from '#app/people/enter'
import { isLocked } from '#app/people/lock/lock'
import { loginValidator } from '#app/people/login_validator'
import { isFactorMissing } from '#app/people/second_factor/need'
import { signIn } from '#app/people/sign_in'

/** Logging in and out. */
export default class SessionsController {
  create({ view }: HttpContext) {
    return view.render('people/login', { login: '', problem: null })
  }

  async store(ctx: HttpContext) {
    const { request, response, view } = ctx
    const [problems, input] = await loginValidator.tryValidate(request.all())
    const refuse = (problem: string) => {
      response.status(422)
      return view.render('people/login', { login: input?.login ?? '', problem })
    }
    if (problems) return refuse('people.missing')

    const device = deviceOf(request)
    const signedIn = await signIn({ ...input, address: request.ip(), device })
    if (!signedIn.ok) {
      // Who is sent away unheard fills no history.
      if (signedIn.reason === 'wrong') await recordSignIn('login.failed', signedIn.user)
      return refuse(`people.${signedIn.reason}`)
    }
    // Only who is right takes the place of somebody else.
    await enter(ctx, signedIn.user, input.site ?? 'center', { hasShownFactors: false })
    return response.redirect('/')
  }

  /**
   * Tells whose session this is, and the token that its forms need; 401 to a script where it has ended. Asked before a
   * form is sent. Also whether its second factor is still missing, and whether it is locked.
   */
  show({ auth, request, session }: HttpContext) {
    return {
      login: auth.getUserOrFail().login,
      token: request.csrfToken,
      factor: isFactorMissing(session),
      locked: isLocked(session),
    }
  }

  async destroy({ auth, session, response }: HttpContext) {
    await recordSignIn('login.ended', auth.getUserOrFail())
    await auth.use('web').logout()
    session.clear()
    return response.redirect('/login')
  }
}
