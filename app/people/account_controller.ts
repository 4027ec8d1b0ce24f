import type { HttpContext } from '@adonisjs/core/http'
import { endSession, handleOf, openSessions } from '#app/people/sessions'
import { certificateOf } from '#app/people/second_factor/certificates'
import { confirmedFactors } from '#app/people/second_factor/need'
import { recoveryCodesLeft } from '#app/people/second_factor/recovery_codes'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'

/** The account of whoever has signed in: their password and their sessions. */
export default class AccountController {
  async show({ auth, request, session, view }: HttpContext) {
    const user = auth.getUserOrFail()
    await user.load('organization')
    return view.render('people/account', {
      sessions: await openSessions(user.id),
      own: handleOf(session.sessionId),
      organization: user.organization,
      factors: await confirmedFactors(user.id),
      codesLeft: await recoveryCodesLeft(user.id),
      certificate: certificateOf(request),
      hasPin: user.pin !== null,
    })
  }

  /** Ends a session of one's own on another machine. */
  async end({ auth, params, request, response, session }: HttpContext) {
    const ended = await endSession(auth.getUserOrFail(), String(params.handle))
    if (!ended) return notFound({ request })
    notice(session, 'good', 'people.session_ended')
    return response.redirect('/account')
  }
}
