import { errors } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import { errors as authErrors } from '@adonisjs/auth'
import { raiseAlarm } from '#app/core/alarms'
import { machineFault, type MachineFault } from '#app/core/machine_fault'
import { stackOf } from '#app/core/stack_of'
import { errors as shieldErrors } from '@adonisjs/shield'

/** Tells people that something is not there or went wrong; details stay in the log. */
export default class HttpExceptionHandler extends ExceptionHandler {
  protected override debug = false
  protected override renderStatusPages = true
  protected override statusPages = {
    '404': (_error: unknown, { view }: HttpContext) => view.render('errors/not_found'),
    '403': (_error: unknown, { view }: HttpContext) => view.render('errors/expired'),
    '413': (_error: unknown, { view }: HttpContext) => view.render('errors/too_large'),
    '500..599': (_error: unknown, { view }: HttpContext) => view.render('errors/server'),
  }

  /** The framework would put everything that was typed into the session. */
  override async renderValidationErrorAsHTML(_error: unknown, ctx: HttpContext) {
    ctx.response.status(422).send(await ctx.view.render('errors/invalid'))
  }

  override async handle(error: unknown, ctx: HttpContext) {
    if (
      error instanceof authErrors.E_UNAUTHORIZED_ACCESS &&
      ctx.request.accepts(['html', 'json']) === 'html'
    ) {
      return ctx.response.redirect('/login')
    }
    // The framework would send people back to where they came from without a word of why.
    if (error instanceof shieldErrors.E_BAD_CSRF_TOKEN)
      return ctx.response.status(403).send(await ctx.view.render('errors/expired'))
    if (isGivenUp(ctx)) return
    // An id that no record can have: the same as one that none has.
    if (isNoId(error))
      return super.handle(
        new errors.E_ROUTE_NOT_FOUND([ctx.request.method(), ctx.request.url()]),
        ctx
      )
    const fault = machineFault(error)
    if (fault) return this.#waits(fault, ctx)
    return super.handle(error, ctx)
  }

  /** It isn't the person's fault, nor for long: what to do, in their language, and an alarm for who can mend it. */
  async #waits(fault: MachineFault, ctx: HttpContext) {
    await raiseAlarm(fault)
    ctx.response.status(503).header('Retry-After', '30')
    if (ctx.request.accepts(['html', 'json']) === 'json')
      return ctx.response.send({ message: ctx.i18n?.t('errors.machine') })
    return ctx.response.send(await ctx.view.render('errors/machine'))
  }

  /** Messages of database errors can quote values: outside tests the log gets name and code only. */
  override async report(error: unknown, ctx: HttpContext) {
    if (isGivenUp(ctx) || !this.shouldReport(this.toHttpError(error))) return
    if (app.inTest && process.env.SHOW_ERRORS) console.error(error)
    const { name, code } =
      error instanceof Error
        ? { name: error.name, code: 'code' in error ? error.code : undefined }
        : { name: typeof error, code: undefined }
    const stack = error instanceof Error ? stackOf(error) : undefined
    ctx.logger.error({ name, code, stack, route: ctx.route?.pattern }, 'a request failed')
  }
}

/** Whether PostgreSQL was asked for something by a text that is no id (22P02), or a number that none has (22003). */
function isNoId(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['22P02', '22003'].includes(String(error.code))
  )
}

/** Whether the browser has left before all of its request had come: nobody did anything wrong, and nobody waits. */
function isGivenUp({ request }: HttpContext): boolean {
  return request.request.destroyed && !request.request.complete
}
