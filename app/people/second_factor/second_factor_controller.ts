import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import type User from '#app/people/user'
import SecondFactor from '#app/people/second_factor/second_factor'
import {
  beginToken,
  confirmToken,
  proveByCode,
  removeFactor,
  renewRecoveryCodes,
} from '#app/people/second_factor/factors'
import { confirmedFactors, factorGiven, isFactorMissing } from '#app/people/second_factor/need'
import { certificateOf } from '#app/people/second_factor/certificates'
import { GIVE_FIRST, hasFactorToGive, mayAddFactor } from '#app/people/second_factor/may_add_factor'
import { showCodes } from '#app/people/second_factor/show_codes'
import { ownerProblem } from '#app/people/passwords/own_password'
import { addressOf, codeOf } from '#app/people/second_factor/totp'
import { qrSvg } from '#app/core/qr_code'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'
import { typeset } from '#app/core/typesetter'

/** The second factor: giving it when signing in, and keeping one's own. */
export default class SecondFactorController {
  async show(ctx: HttpContext) {
    const user = ctx.auth.getUserOrFail()
    if (!isFactorMissing(ctx.session)) return ctx.response.redirect('/')
    const factors = await confirmedFactors(user.id)
    if (factors.length === 0) return ctx.response.redirect('/second-factor/token')
    return this.#ask(ctx, factors, null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const proven = await proveByCode(user, String(request.input('code') ?? ''))
    if (proven === 'wrong' || proven === 'too_many') {
      response.status(422)
      return this.#ask(ctx, await confirmedFactors(user.id), `people.factor_${proven}`)
    }
    factorGiven(session)
    session.regenerate()
    if (proven === 'recovery') notice(session, 'warn', 'people.factor_recovered')
    return response.redirect('/')
  }

  /** Shows a new token's secret: as a picture for an app, as letters for a token. */
  async token(ctx: HttpContext) {
    if (await hasFactorToGive(ctx)) return ctx.response.redirect('/second-factor')
    return this.#token(ctx, await this.#begun(ctx.auth.getUserOrFail()), null)
  }

  /** Its first code makes it count; the first factor of all brings recovery codes on paper. */
  async confirm(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const problem = await mayAddFactor(ctx)
    if (problem === GIVE_FIRST) return response.redirect('/second-factor')
    if (problem) {
      response.status(422)
      return this.#token(ctx, await this.#begun(user), problem)
    }
    const confirmed = await confirmToken(user, String(request.input('code') ?? ''))
    if (!confirmed.ok) {
      response.status(422)
      return this.#token(ctx, await this.#begun(user), `people.factor_${confirmed.reason}`)
    }
    factorGiven(session)
    session.regenerate()
    if (confirmed.codes) return showCodes(ctx, confirmed.codes)
    notice(session, 'good', 'people.factor_added')
    return response.redirect('/account')
  }

  /** New recovery codes, shown once; to be printed. */
  async renew(ctx: HttpContext) {
    const problem = await ownerProblem(ctx)
    if (problem) return this.#refuse(ctx, problem)
    return showCodes(ctx, await renewRecoveryCodes(ctx.auth.getUserOrFail()))
  }

  /** The sheet with the recovery codes that stand on the screen: nothing keeps them. */
  async sheet({ auth, request, response }: HttpContext) {
    const user = auth.getUserOrFail()
    const codes: unknown = request.input('codes')
    const { pdf } = await typeset('recovery_codes.typ', {
      name: user.displayName,
      login: user.login,
      locale: user.locale,
      codes: Array.isArray(codes) ? codes.slice(0, 10).map((one) => String(one).slice(0, 11)) : [],
    })
    response.header('Content-Disposition', 'inline; filename="recovery-codes.pdf"')
    return response.type('application/pdf').send(pdf)
  }

  async destroy(ctx: HttpContext) {
    const { auth, params, response, session } = ctx
    const own = await confirmedFactors(auth.getUserOrFail().id)
    if (!own.some(({ id }) => id === params.id)) return notFound(ctx)
    const problem = await ownerProblem(ctx)
    if (problem) return this.#refuse(ctx, problem)
    await removeFactor(auth.getUserOrFail(), params.id)
    notice(session, 'good', 'people.factor_removed')
    return response.redirect('/account')
  }

  async #begun(user: User): Promise<SecondFactor> {
    const begun = await SecondFactor.query()
      .where('userId', user.id)
      .whereNull('confirmedAt')
      .first()
    return begun ?? beginToken(user, i18nManager.locale(user.locale).t('people.factor_totp'))
  }

  async #ask({ view }: HttpContext, factors: SecondFactor[], problem: string | null) {
    const demo = factors.find((one) => one.demo)
    return view.render('people/second_factor', {
      problem,
      hasPasskeys: factors.some(({ kind }) => kind === 'passkey'),
      hasTokens: factors.some(({ kind }) => kind === 'totp'),
      demoCode: demo ? codeOf(await demo.open()) : null,
    })
  }

  async #token(ctx: HttpContext, factor: SecondFactor, problem: string | null) {
    const { auth, request, session, view } = ctx
    const secret = await factor.open()
    return view.render('people/token', {
      problem,
      isAsked: isFactorMissing(session),
      certificate: certificateOf(request),
      secret: secret.match(/.{1,4}/g)!.join(' '),
      demoCode: factor.demo ? codeOf(secret) : null,
      qr: await qrSvg(addressOf(secret, auth.getUserOrFail().login)),
    })
  }

  #refuse({ response, session }: HttpContext, problem: string) {
    notice(session, 'bad', problem)
    return response.redirect('/account')
  }
}
