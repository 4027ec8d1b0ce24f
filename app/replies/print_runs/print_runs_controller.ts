import type { HttpContext } from '@adonisjs/core/http'
import { redateRun } from '#app/replies/print_runs/redate_run'
import { postRun } from '#app/replies/print_runs/post_run'
import { pullSheet } from '#app/replies/print_runs/pull_sheet'
import { encloseSheet } from '#app/replies/print_runs/enclose_sheet'
import { markPrinted } from '#app/replies/print_runs/mark_printed'
import { documentNumbers } from '#app/replies/print_runs/document_numbers'
import { countHeld, readyToPrint, sheetsOf } from '#app/replies/print_runs/list_print_runs'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { products } from '#app/replies/products/product'
import PrintRun from '#app/replies/print_runs/print_run'
import {
  codeValidator,
  planValidator,
  postingValidator,
  pullValidator,
  redatingValidator,
} from '#app/replies/print_runs/print_run_validator'
import { visibleTo } from '#app/people/client_scope'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import { notFound } from '#app/core/not_found'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { decodeText } from '#app/core/tables/decode_table'
import { uploaded } from '#app/core/uploaded'

/** Print runs from planning to the post. */
export default class PrintRunsController {
  async index(ctx: HttpContext) {
    return this.#list(ctx)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const input = await request.validateUsing(planValidator)
    const file = await uploaded(request.file('numbers_file'))
    const numbers = `${input.document_numbers ?? ''}\n${file ? decodeText(file) : ''}`
    const planned = await planPrintRun(auth.getUserOrFail(), input.client_id, input.request_key, {
      product: input.product ?? 'letter',
      documentNumbers: documentNumbers(numbers),
      datedOn: input.dated_on && isRealDate(input.dated_on) ? input.dated_on : today(),
    })
    if (planned.ok) {
      if (planned.stopped > 0) notice(session, 'warn', 'print_runs.some_stopped')
      return response.redirect(`/print-runs/${planned.run.id}`)
    }
    if (planned.reason === 'nothing_ready') {
      notice(session, 'warn', 'print_runs.nothing_ready')
      return response.redirect('/print-runs')
    }
    response.status(422)
    return this.#list(ctx, {
      refused: planned,
      typed: request.only(['client_id', 'product', 'document_numbers', 'dated_on']),
    })
  }

  async #list({ auth, request, view }: HttpContext, extra: Record<string, unknown> = {}) {
    const runs = await visibleTo(PrintRun.query(), auth.getUserOrFail())
      .orderBy('number', 'desc')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    return view.render('replies/print_runs/index', {
      runs,
      ready: await readyToPrint(),
      held: await countHeld(),
      today: today(),
      refused: null,
      typed: {},
      ...extra,
    })
  }

  async show(ctx: HttpContext) {
    return this.#page(ctx, await this.#run(ctx))
  }

  /** Opening the PDF counts as printing it. */
  async pdf(ctx: HttpContext) {
    const run = await this.#run(ctx)
    if (!run.file) return notFound(ctx)
    if (!(await markPrinted(ctx.auth.getUserOrFail(), run.id))) {
      notice(ctx.session, 'warn', 'print_runs.typeset_anew')
      return ctx.response.redirect(`/print-runs/${run.id}`)
    }
    const pdf = await readSealedFile(await openSealer(run.dataKeyId), run.file)
    ctx.response.header('Content-Disposition', `inline; filename="print-run-${run.number}.pdf"`)
    return ctx.response.type('application/pdf').send(pdf)
  }

  async enclose(ctx: HttpContext) {
    const run = await this.#run(ctx)
    const [, input] = await codeValidator.tryValidate(ctx.request.all())
    const result = input
      ? await encloseSheet(ctx.auth.getUserOrFail(), run.id, input.code)
      : ({ ok: false, reason: 'unknown_code' } as const)
    if (!result.ok) ctx.response.status(422)
    return this.#page(ctx, await this.#run(ctx), { enclosed: result })
  }

  async pull(ctx: HttpContext) {
    const run = await this.#run(ctx)
    const [problems, input] = await pullValidator.tryValidate(ctx.request.all())
    const pulled =
      !problems && (await pullSheet(ctx.auth.getUserOrFail(), run.id, input.sheet_id, input.reason))
    notice(
      ctx.session,
      pulled ? 'good' : 'warn',
      pulled ? 'print_runs.pulled' : 'print_runs.not_pulled'
    )
    return ctx.response.redirect(`/print-runs/${run.id}`)
  }

  async post(ctx: HttpContext) {
    const run = await this.#run(ctx)
    const [, input] = await postingValidator.tryValidate(ctx.request.all())
    const posted = await postRun(ctx.auth.getUserOrFail(), run.id, { otherDay: input?.other_day })
    if (
      posted.ok ||
      ['already', 'not_enclosed', 'standstill', 'in_posting'].includes(posted.reason)
    ) {
      notice(
        ctx.session,
        posted.ok ? 'good' : 'warn',
        posted.ok ? 'print_runs.posted' : `print_runs.${posted.reason}`
      )
      return ctx.response.redirect(`/print-runs/${run.id}`)
    }
    ctx.response.status(422)
    return this.#page(ctx, await this.#run(ctx), { unposted: posted })
  }

  /** Printed anew with the day on which it will be posted. */
  async redate(ctx: HttpContext) {
    const run = await this.#run(ctx)
    const [, input] = await redatingValidator.tryValidate(ctx.request.all())
    const day = input && isRealDate(input.dated_on) ? input.dated_on : null
    const done = day ? await redateRun(ctx.auth.getUserOrFail(), run.id, day) : 'day_past'
    notice(ctx.session, done === 'redated' ? 'good' : 'warn', `print_runs.${done}`)
    return ctx.response.redirect(`/print-runs/${run.id}`)
  }

  #run({ auth, params }: HttpContext): Promise<PrintRun> {
    return visibleTo(PrintRun.query(), auth.getUserOrFail())
      .where('print_runs.id', params.id)
      .firstOrFail()
  }

  async #page({ view }: HttpContext, run: PrintRun, extra: Record<string, unknown> = {}) {
    const sheets = await sheetsOf(run.id)
    const count = (...states: string[]) =>
      sheets.filter((sheet) => states.includes(sheet.state)).length
    return view.render('replies/print_runs/show', {
      run,
      product: products.get(run.product),
      sheets,
      enclosed: null,
      unposted: null,
      today: today(),
      counts: {
        planned: run.planned,
        pulled: count('pulled'),
        enclosed: count('enclosed', 'posted', 'returned'),
        posted: count('posted', 'returned'),
        open: count('planned', 'printed'),
      },
      ...extra,
    })
  }
}
