import type { HttpContext } from '@adonisjs/core/http'
import { keepMailServer } from '#app/center/mail/keep_mail_server'
import { listMails, mailFilter } from '#app/center/mail/list_mails'
import {
  addressValidator,
  areAddresses,
  mailServerValidator,
} from '#app/center/mail/mail_server_form'
import { centerName } from '#app/people/center'
import Mail, { MAIL_STATES } from '#app/core/mail/mail'
import { mailServer } from '#app/core/mail/mail_server'
import { answerKind } from '#app/core/mail/smtp'
import { writeMail } from '#app/core/mail/write_mail'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { transition } from '#app/core/transition'

/** Mail to staff: by which server it leaves, and the outbox. */
export default class MailController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, {})
  }

  async keep(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await mailServerValidator.tryValidate(request.all())
    if (problems || !(await areAddresses(input.alarms_to ?? []))) {
      response.status(422)
      const field = problems ? problems.messages[0].field : 'alarms_to'
      return this.#page(ctx, { typed: request.all(), problem: field })
    }
    await keepMailServer(auth.getUserOrFail(), input)
    notice(session, 'good', 'settings.saved')
    return response.redirect('/mail')
  }

  async test(ctx: HttpContext) {
    const { auth, i18n, request, response, session } = ctx
    const [problems, input] = await addressValidator.tryValidate(request.all())
    if (problems) {
      response.status(422)
      return this.#page(ctx, { problem: 'to' })
    }
    const user = auth.getUserOrFail()
    const written = await transition((t) =>
      writeMail(t, {
        purpose: 'test',
        to: input.to,
        subject: i18n.t('mail.test_subject'),
        text: i18n.t('mail.test_text', { name: user.displayName }),
        userId: user.id,
        actorId: user.id,
      })
    )
    notice(session, written ? 'good' : 'warn', written ? 'mail.test_written' : 'mail.no_server')
    return response.redirect('/mail')
  }

  async show({ auth, params, view }: HttpContext) {
    const mail = await Mail.findOrFail(params.id)
    const isOfResident =
      mail.purpose === 'reply' ||
      // Where a protected person gets mail, named staff alone see.
      (mail.purpose === 'confirmation' && !auth.getUserOrFail().seesProtected)
    return view.render('center/mail_message', {
      mail,
      isOfResident,
      // What a resident is answered is seen with the request, by who may see that.
      content: isOfResident ? null : await mail.open(),
      leaves: (await mailServer())?.mode === 'smtp',
      answerKind,
    })
  }

  async again({ auth, params, response, session }: HttpContext) {
    const mail = await Mail.findOrFail(params.id)
    const isDone = await transition((t) => mail.again(t, auth.getUserOrFail()))
    notice(session, isDone ? 'good' : 'warn', isDone ? 'mail.again_done' : 'mail.is_over')
    return response.redirect('/mail')
  }

  async withdraw({ auth, params, response, session }: HttpContext) {
    const mail = await Mail.findOrFail(params.id)
    const isDone = await transition((t) => mail.withdraw(t, auth.getUserOrFail()))
    notice(session, isDone ? 'good' : 'warn', isDone ? 'mail.withdrawn' : 'mail.is_over')
    return response.redirect('/mail')
  }

  async #page(
    { request, view }: HttpContext,
    { typed, problem = null }: { typed?: Record<string, unknown>; problem?: string | null }
  ) {
    const server = await mailServer()
    const state = mailFilter(request.qs())
    return view.render('center/mail', {
      server,
      values: typed ?? {
        mode: server?.mode,
        host: server?.host,
        port: server?.port ?? 587,
        security: server?.security ?? 'starttls',
        username: server?.username,
        sender: server?.sender,
        sender_name: server?.senderName ?? (await centerName()),
        alarms_to: server?.alarmsTo.join('\n'),
      },
      problem,
      chosen: state,
      states: MAIL_STATES,
      answerKind,
      mails: await listMails(state).paginate(await pageNumber(request.qs()), PAGE_SIZE),
    })
  }
}
