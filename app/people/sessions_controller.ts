import type { HttpContext } from '@adonisjs/core/http'
import env from '#start/env'
import { signIn, type Device } from '#app/people/sign_in'
import type User from '#app/people/user'
import { beginSession } from '#app/people/sessions'
import { keepSite } from '#app/people/site_of_session'
import { loginValidator } from '#app/people/login_validator'
import { isLocked, keepLockMinutes } from '#app/people/lock/lock'
import { askForFactor, isFactorMissing, needsFactor } from '#app/people/second_factor/need'
import { centerOf } from '#app/people/center'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** Logging in and out. */
export default class SessionsController {
  create({ view }: HttpContext) {
    return view.render('people/login', { login: '', problem: null })
  }

  async store({ request, response, auth, session, view }: HttpContext) {
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
    const { user } = signedIn
    // Only who is right takes the place of somebody else.
    if (await auth.check()) {
      await recordSignIn('login.ended', auth.getUserOrFail())
      await auth.use('web').logout()
      session.clear()
    }
    response.encryptedCookie(DEVICE, withUser(device, user), {
      maxAge: '1y',
      httpOnly: true,
      secure: env.get('HTTPS', false),
      sameSite: 'lax',
    })
    await auth.use('web').login(user)
    await recordSignIn('login.succeeded', user)
    beginSession(session, user, request.header('user-agent'))
    const site = user.siteFor(input.site)
    keepSite(session, site)
    await keepLockMinutes(session, site)
    if (await needsFactor(user, site)) askForFactor(session)
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

/** Tells the browser apart from others, and who has signed in with it; nothing of them. */
const DEVICE = 'hashiwatashi-device'
/** People who share a computer. */
const MAX_USERS = 20

/** A name that nobody has is not kept: people type passwords there. */
async function recordSignIn(verb: string, user: User | null): Promise<void> {
  const centerId = await centerOf()
  await transition(async (t) =>
    t.recordOnly({
      verb,
      subject: { type: 'login', id: user?.id ?? centerId },
      clientId: user && !user.worksForCenter ? user.organizationId : null,
      actorId: verb === 'login.failed' ? null : user?.id,
    })
  )
}

function deviceOf(request: HttpContext['request']): Device {
  const kept: unknown = request.encryptedCookie(DEVICE)
  return isDevice(kept) ? kept : { id: newId(), users: [] }
}

function isDevice(kept: unknown): kept is Device {
  return typeof kept === 'object' && kept !== null && 'id' in kept && 'users' in kept
}

function withUser({ id, users }: Device, user: User): Device {
  return { id, users: [user.id, ...users.filter((one) => one !== user.id)].slice(0, MAX_USERS) }
}
