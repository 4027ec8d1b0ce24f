import type { HttpContext } from '@adonisjs/core/http'
import {
  keepPasskey,
  passkeyToMake,
  passkeyToShow,
  proveByPasskey,
  type Asked,
} from '#app/people/second_factor/passkeys'
import { showCodes } from '#app/people/second_factor/show_codes'
import { mayAddFactor } from '#app/people/second_factor/may_add_factor'
import { factorGiven, keepHasPasskey } from '#app/people/second_factor/need'
import { unlockSession } from '#app/people/lock/lock'
import { originOf } from '#app/core/origin'
import { notice } from '#app/core/notice'

/** The session's key for what its browser was asked for. */
const ASKED = 'passkey_asked'

/** Passkeys: made on one's own page or when first signing in, shown when signing in and at the locked screen. */
export default class PasskeysController {
  /** Sends what the browser needs to make one. Whoever is inside already shows that it is them, by their password. */
  async make(ctx: HttpContext) {
    const { auth, i18n, response } = ctx
    const refusal = await mayAddFactor(ctx)
    if (refusal) return response.status(422).send({ problem: i18n.t(refusal) })
    const user = auth.getUserOrFail()
    return this.#ask(ctx, 'make', await passkeyToMake(user, originOf(ctx.request)))
  }

  async store(ctx: HttpContext) {
    const { auth, i18n, request, response, session } = ctx
    const asked = this.#asked(ctx, 'make')
    const answer = this.#answer(ctx)
    const typed = String(request.input('name') ?? '').trim()
    const name = typed || i18n.t('people.passkey')
    const made =
      asked && answer
        ? await keepPasskey(auth.getUserOrFail(), asked, answer, name)
        : ({ ok: false } as const)
    if (!made.ok) {
      notice(session, 'bad', 'people.passkey_not_made')
      return response.redirect().back()
    }
    factorGiven(session)
    keepHasPasskey(session, true)
    session.regenerate()
    if (made.codes) return showCodes(ctx, made.codes)
    notice(session, 'good', 'people.factor_added')
    return response.redirect('/account')
  }

  /** Sends what the browser needs to show one. */
  async show(ctx: HttpContext) {
    const options = await passkeyToShow(ctx.auth.getUserOrFail(), originOf(ctx.request))
    return this.#ask(ctx, 'show', options)
  }

  /** Shown when signing in. */
  async prove(ctx: HttpContext) {
    const { request, response, session } = ctx
    const isRight = await this.#isShown(ctx)
    if (isRight) {
      factorGiven(session)
      session.regenerate()
    }
    if (request.accepts(['html', 'json']) === 'json') return this.#tell(ctx, isRight)
    if (!isRight) notice(session, 'bad', 'people.passkey_wrong')
    return response.redirect(isRight ? '/' : '/second-factor')
  }

  /** Shown at the locked screen. */
  async unlock(ctx: HttpContext) {
    const isRight = await this.#isShown(ctx)
    if (isRight) await unlockSession(ctx.session, ctx.auth.getUserOrFail())
    return this.#tell(ctx, isRight)
  }

  #tell({ i18n, response }: HttpContext, isRight: boolean) {
    if (isRight) return response.send({ open: true })
    return response.status(422).send({ problem: i18n.t('people.passkey_wrong') })
  }

  #ask(ctx: HttpContext, to: Asked['to'], options: { challenge: string }) {
    const { request, response, session } = ctx
    session.put(ASKED, { to, challenge: options.challenge, origin: originOf(request) })
    return response.send(options)
  }

  /** Takes what was asked for last, and for what: it is good for one answer. Making one asks for more than showing one. */
  #asked({ session }: HttpContext, to: Asked['to']): Asked | null {
    const asked: Asked | null = session.pull(ASKED, null)
    return asked?.to === to ? asked : null
  }

  async #isShown(ctx: HttpContext): Promise<boolean> {
    const asked = this.#asked(ctx, 'show')
    const answer = this.#answer(ctx)
    return asked && answer ? proveByPasskey(ctx.auth.getUserOrFail(), asked, answer) : false
  }

  /** The browser's answer as it came; what is in it is checked with the signature. */
  #answer({ request }: HttpContext) {
    try {
      return JSON.parse(String(request.input('credential') ?? '')) || null
    } catch {
      return null
    }
  }
}
