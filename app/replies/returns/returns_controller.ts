import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { listReturns, returnedByMonth } from '#app/replies/returns/list_returns'
import { RETURN_REASONS, returnSheet, type Returned } from '#app/replies/returns/return_sheet'
import { csvLines, csvStart } from '#app/core/csv_file'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'

const returnValidator = vine.create({
  code: vine.string().trim().minLength(1).maxLength(40),
  reason: vine.enum(RETURN_REASONS),
})

/** Letters that the post brought back. */
export default class ReturnsController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, { months: await returnedByMonth(ctx.auth.getUserOrFail()) })
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const [problems, input] = await returnValidator.tryValidate(request.all())
    const returned: Returned = problems
      ? { ok: false, reason: 'unknown_code' }
      : await returnSheet(auth.getUserOrFail(), input.code, input.reason)
    if (!returned.ok) response.status(422)
    return this.#page(ctx, { returned, reason: request.input('reason') })
  }

  /** Counts returned letters by month, client and reason (CSV). */
  async report({ auth, i18n, response }: HttpContext) {
    const rows = await returnedByMonth(auth.getUserOrFail())
    const headings = ['month', 'client', 'reason', 'count', 'posted'].map((key) =>
      i18n.t(`returns.column_${key}`)
    )
    const lines = rows.map((row) => [
      row.month,
      row.client,
      i18n.t(`pull_reasons.${row.reason}`),
      String(row.count),
      String(row.posted),
    ])
    response.header('Content-Disposition', 'attachment; filename="returned-mail.csv"')
    response.type('text/csv; charset=utf-8')
    return response.send(
      Buffer.concat([csvStart('utf8'), csvLines([headings, ...lines], 'utf8').bytes])
    )
  }

  async #page({ auth, request, view }: HttpContext, extra: Record<string, unknown> = {}) {
    const user = auth.getUserOrFail()
    return view.render('replies/returns', {
      list: await listReturns(user).paginate(await pageNumber(request.qs()), PAGE_SIZE),
      reasons: RETURN_REASONS,
      // At each scan a year isn't counted anew.
      months: null,
      ...{ returned: null, reason: RETURN_REASONS[0] },
      ...extra,
    })
  }
}
