import type { HttpContext } from '@adonisjs/core/http'
import { isLocked, lock, setPin, unlock } from '#app/people/lock/lock'
import { notice } from '#app/core/notice'

/** The lock of the screen: what was there comes back as it was. */
export default class LockController {
  /** Shown where somebody loads a page in a locked session. */
  show({ response, session, view }: HttpContext) {
    if (!isLocked(session)) return response.redirect('/')
    return view.render('people/locked', { problem: null })
  }

  store({ response, session }: HttpContext) {
    lock(session)
    return response.noContent()
  }

  /** Somebody is there, in a page that sends nothing otherwise. */
  touch({ response }: HttpContext) {
    return response.noContent()
  }

  async destroy(ctx: HttpContext) {
    const { auth, request, response, session, view } = ctx
    const user = auth.getUserOrFail()
    const answer = await unlock(session, user, String(request.input('pin') ?? ''))
    const wantsJson = request.accepts(['html', 'json']) === 'json'
    if (answer === 'ended') {
      await auth.use('web').logout()
      session.clear()
      return wantsJson ? response.status(401).send({ ended: true }) : response.redirect('/login')
    }
    if (answer === 'open') return wantsJson ? response.send({ open: true }) : response.redirect('/')
    response.status(422)
    return wantsJson
      ? response.send({ open: false })
      : view.render('people/locked', { problem: 'people.lock_wrong' })
  }

  /** Keeps the PIN that opens it. */
  async pin({ auth, request, response, session }: HttpContext) {
    const text = (name: string) => String(request.input(name) ?? '')
    const problem = await setPin(auth.getUserOrFail(), {
      pin: text('pin'),
      again: text('again'),
      password: text('password'),
    })
    notice(session, problem ? 'warn' : 'good', `people.pin_${problem ?? 'set'}`)
    return response.redirect('/account')
  }
}
