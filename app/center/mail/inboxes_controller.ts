import type { HttpContext } from '@adonisjs/core/http'
import { forgetInbox, keepInbox } from '#app/center/mail/keep_inbox'
import { inboxValidator } from '#app/center/mail/mail_server_form'
import { mailInbox } from '#app/core/mail/mail_inbox'
import { readInbox } from '#app/core/mail/read_inbox'
import { answerKind } from '#app/core/mail/smtp'
import { notice } from '#app/core/notice'

/** The mailbox in which mail comes back that can't be delivered. */
export default class InboxesController {
  async show(ctx: HttpContext) {
    return this.#page(ctx, {})
  }

  async keep(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await inboxValidator.tryValidate(request.all())
    const problem = problems
      ? problems.messages[0].field
      : (await keepInbox(auth.getUserOrFail(), input))
        ? null
        : 'password'
    if (problem) {
      response.status(422)
      return this.#page(ctx, { typed: request.all(), problem })
    }
    notice(session, 'good', 'settings.saved')
    return response.redirect('/mail/inbox')
  }

  async read({ response, session }: HttpContext) {
    await readInbox()
    const inbox = await mailInbox()
    notice(
      session,
      inbox?.reason ? 'warn' : 'good',
      inbox?.reason ? 'mail.inbox_not_read' : 'mail.inbox_read'
    )
    return response.redirect('/mail/inbox')
  }

  async forget({ auth, response, session }: HttpContext) {
    await forgetInbox(auth.getUserOrFail())
    notice(session, 'good', 'mail.inbox_forgotten')
    return response.redirect('/mail/inbox')
  }

  async #page(
    { view }: HttpContext,
    { typed, problem = null }: { typed?: Record<string, unknown>; problem?: string | null }
  ) {
    const inbox = await mailInbox()
    return view.render('center/mail_inbox', {
      inbox,
      problem,
      answerKind,
      values: typed ?? {
        host: inbox?.host,
        port: inbox?.port ?? 993,
        security: inbox?.security ?? 'tls',
        username: inbox?.username,
      },
    })
  }
}
