import { isOver } from '#app/people/sessions'
import { lockMinutes, lockWhenIdle } from '#app/people/lock/lock'
import { hasDirectory, signsInByDirectory } from '#app/people/directory/directory'
import { hasPasskey } from '#app/people/second_factor/need'
import { gateBefore } from '#app/people/session_gates'
import { siteOfSession } from '#app/people/site_of_session'
import { I18n } from '@adonisjs/i18n'
import i18nManager from '@adonisjs/i18n/services/main'
import { RequestValidator, type HttpContext } from '@adonisjs/core/http'
import { navigationFor, screenAbove } from '#app/people/navigation'
import { openAlarms } from '#app/core/alarms'
import type { NextFn } from '@adonisjs/core/types/http'

/** The reader's language: what they chose, else what their browser asks for, else Japanese. */
export default class LocaleMiddleware {
  static {
    RequestValidator.messagesProvider = (ctx) => ctx.i18n.createMessagesProvider()
  }

  async handle(ctx: HttpContext, next: NextFn) {
    await ctx.auth.check()
    // Somebody who works here no longer, or was signed out everywhere, is so wherever they were.
    if (ctx.auth.user && isOver(ctx.session, ctx.auth.user)) {
      await ctx.auth.use('web').logout()
      ctx.session.clear()
    }
    if (ctx.auth.user) lockWhenIdle(ctx)
    const chosen = ctx.auth.user?.locale ?? ctx.session.get('locale')
    const locale =
      (chosen ?? i18nManager.getSupportedLocaleFor(ctx.request.languages())) === 'en' ? 'en' : 'ja'
    ctx.locale = locale
    ctx.i18n = i18nManager.locale(locale)
    ctx.containerResolver.bindValue(I18n, ctx.i18n)
    // Before a gate nothing of the product is shown around what is asked.
    const isInside = gateBefore(ctx) === null
    ctx.view.share({
      i18n: ctx.i18n,
      locale,
      t: (key: string, data?: Record<string, unknown>) => ctx.i18n.t(key, data),
      me: isInside ? (ctx.auth.user ?? null) : null,
      isGated: !isInside,
      hasPasskey: hasPasskey(ctx.session),
      hasDirectory: hasDirectory(),
      byDirectory: ctx.auth.user ? signsInByDirectory(ctx.auth.user) : false,
      lockAfter: lockMinutes(ctx.session),
      site: siteOfSession(ctx.session),
      here: ctx.request.url(),
      alarms: ctx.auth.user && isInside ? await openAlarms() : [],
      above: () => (ctx.auth.user ? screenAbove(ctx.auth.user, ctx.request.url()) : null),
      navigation: () => (ctx.auth.user ? navigationFor(ctx.auth.user) : []),
    })
    return next()
  }
}

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    i18n: I18n
    locale: 'ja' | 'en'
  }
}
