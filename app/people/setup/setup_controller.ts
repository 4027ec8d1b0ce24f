import { timingSafeEqual } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import env from '#start/env'
import { setupCode } from '../../../bin/setup/setup_code.js'
import { LOGIN } from '#app/people/members/user_form'
import { MAX_LENGTH, MIN_LENGTH } from '#app/people/passwords/password_rules'
import { beginInstallation } from '#app/people/setup/begin_installation'
import { beginSession } from '#app/people/sessions'
import { keepSite } from '#app/people/site_of_session'
import { unbegun } from '#app/people/setup/unbegun'
import { notFound } from '#app/core/not_found'

const setupValidator = vine.create({
  center: vine.string().trim().minLength(1).maxLength(80),
  display_name: vine.string().trim().minLength(1).maxLength(80),
  login: vine.string().trim().toLowerCase().regex(LOGIN),
  password: vine.string().maxLength(MAX_LENGTH * 2),
  again: vine.string().maxLength(MAX_LENGTH * 2),
})

/** Beginning an installation: the address is told where the program was started, and holds until somebody can log in. */
export default class SetupController {
  async show(ctx: HttpContext) {
    return (await isOpen(ctx)) ? this.#page(ctx, {}, null) : notFound(ctx)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    if (!(await isOpen(ctx))) return notFound(ctx)
    const [problems, input] = await setupValidator.tryValidate(request.all())
    if (problems) return this.#refuse(ctx, 'setup_incomplete')
    if (input.password !== input.again) return this.#refuse(ctx, 'password_problem_differs')
    const begun = await beginInstallation({
      center: input.center,
      displayName: input.display_name,
      login: input.login,
      password: input.password,
      locale: ctx.locale,
    })
    if (!begun) return notFound(ctx)
    if ('problem' in begun) return this.#refuse(ctx, `password_problem_${begun.problem}`)
    await auth.use('web').login(begun.user)
    beginSession(session, begun.user, request.header('user-agent'))
    keepSite(session, 'center')
    return response.redirect('/')
  }

  #refuse(ctx: HttpContext, problem: string) {
    ctx.response.status(422)
    return this.#page(ctx, ctx.request.only(['center', 'display_name', 'login']), problem)
  }

  #page({ params, view }: HttpContext, values: Record<string, string>, problem: string | null) {
    return view.render('people/setup', { code: params.code, values, problem, min: MIN_LENGTH })
  }
}

/** Tells whether the address is the one that was told, and nobody can log in yet. */
async function isOpen({ params }: HttpContext): Promise<boolean> {
  const expected = Buffer.from(setupCode(env.get('APP_KEY').release()))
  const given = Buffer.from(String(params.code))
  const isRight = given.length === expected.length && timingSafeEqual(given, expected)
  return isRight && (await unbegun())
}
