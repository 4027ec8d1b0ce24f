import { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { orderOf } from '#app/clients/order_of'
import {
  approveMailing,
  cancelMailing,
  sendBackMailing,
  submitMailing,
  type Undecided,
} from '#app/mailings/decide_on_mailing'
import { openMailing } from '#app/mailings/open_mailing'
import { ownMailing } from '#app/mailings/own_mailing'
import { planRuns } from '#app/mailings/plan_runs'
import { reportTable } from '#app/mailings/report_table'
import { showMailing } from '#app/mailings/show_mailing'
import Template from '#app/mailings/templates/template'
import { TYPE_SIZES } from '#app/replies/letter'
import { printedInRuns } from '#app/replies/products/product'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'

const mailingValidator = vine.create({
  template_id: vine.string().uuid(),
  product: vine.string().in(() => printedInRuns().map(({ name }) => name)),
  size: vine.enum(TYPE_SIZES.map(String)),
})

const approvalValidator = vine.create({
  seen: vine.number().withoutDecimals().optional(),
  approval_number: vine.string().trim().minLength(1).maxLength(60),
  document_number: vine.string().trim().maxLength(60).nullable().optional(),
})

const whyValidator = vine.create({ why: vine.string().trim().maxLength(500).nullable().optional() })

/** Mailings of an order: begun, approved, put into print runs, reported. */
export default class MailingsController {
  async create(ctx: HttpContext) {
    return this.#form(ctx, { product: 'letter', size: '18' })
  }

  async store(ctx: HttpContext) {
    const { auth, params, request, response } = ctx
    const user = auth.getUserOrFail()
    const order = await orderOf(user, params.id)
    const [problems, input] = await mailingValidator.tryValidate(request.all())
    const mailing = problems
      ? 'choose_template'
      : await openMailing(user, order.id, {
          templateId: input.template_id,
          product: input.product,
          typeSize: TYPE_SIZES.find((size) => String(size) === input.size)!,
        })
    if (typeof mailing !== 'string') return response.redirect(`/mailings/${mailing.id}`)
    response.status(422)
    return this.#form(ctx, request.all(), `mailings.${mailing}`)
  }

  async show(ctx: HttpContext) {
    return showMailing(ctx, await ownMailing(ctx.auth.getUserOrFail(), ctx.params.id))
  }

  /** Somebody asks a second person to approve it. */
  async submit(ctx: HttpContext) {
    return this.#decided(ctx, 'submitted', (id) => submitMailing(ctx.auth.getUserOrFail(), id))
  }

  /** The second person approves it. */
  async approve(ctx: HttpContext) {
    const { auth, request } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await approvalValidator.tryValidate(request.all())
    return this.#decided(ctx, 'approved', async (id) =>
      problems
        ? 'number_missing'
        : approveMailing(user, id, input.seen ?? 0, {
            approvalNumber: input.approval_number,
            documentNumber: input.document_number ?? null,
          })
    )
  }

  /** The second person doesn't approve it, or who asked takes it back. */
  async sendBack(ctx: HttpContext) {
    const { auth, request } = ctx
    const [, input] = await whyValidator.tryValidate(request.all())
    return this.#decided(ctx, 'sent_back', (id) =>
      sendBackMailing(auth.getUserOrFail(), id, input?.why ?? '')
    )
  }

  async cancel(ctx: HttpContext) {
    return this.#decided(ctx, 'canceled', (id) => cancelMailing(ctx.auth.getUserOrFail(), id))
  }

  /** The center puts its letters into print runs. */
  async plan({ auth, params, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const mailing = await ownMailing(user, params.id)
    const day = request.input('dated_on')
    const datedOn = typeof day === 'string' && isRealDate(day) ? day : today()
    const planned =
      mailing.state === 'composed'
        ? await planRuns(user, mailing, datedOn)
        : ({ ok: false, reason: 'nothing_ready' } as const)
    if (!planned.ok) notice(session, 'warn', `print_runs.${planned.reason}`)
    else if (planned.stopped > 0) notice(session, 'warn', 'print_runs.some_stopped')
    else notice(session, 'good', 'mailings.planned')
    return response.redirect(`/mailings/${mailing.id}`)
  }

  /** Returns the outcome of each row (CSV). */
  async report({ auth, i18n, params, response }: HttpContext) {
    const user = auth.getUserOrFail()
    const mailing = await ownMailing(user, params.id)
    response.header('Content-Disposition', `attachment; filename="mailing-${mailing.number}.csv"`)
    response.type('text/csv; charset=utf-8')
    return response.stream(Readable.from(reportTable(user, mailing, i18n), { objectMode: false }))
  }

  async #decided(
    ctx: HttpContext,
    done: string,
    decide: (id: string) => Promise<Undecided | null>
  ) {
    const { auth, i18n, params, request, response, session } = ctx
    const mailing = await ownMailing(auth.getUserOrFail(), params.id)
    const problem = await decide(mailing.id)
    if (problem) {
      response.status(422)
      await mailing.refresh()
      return showMailing(ctx, mailing, {
        problem: i18n.t(`mailings.${problem}`),
        values: request.all(),
      })
    }
    notice(session, 'good', `mailings.done_${done}`)
    return response.redirect(`/mailings/${mailing.id}`)
  }

  async #form(
    { auth, params, view }: HttpContext,
    values: Record<string, unknown>,
    problem: string | null = null
  ) {
    const order = await orderOf(auth.getUserOrFail(), params.id)
    return view.render('mailings/new', {
      ...{ order, values, problem },
      templates: await Template.query()
        .where('clientId', order.clientId)
        .whereNull('closedAt')
        .orderBy('name'),
      products: printedInRuns().map(({ name }) => name),
      sizes: TYPE_SIZES,
    })
  }
}
