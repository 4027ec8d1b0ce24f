import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { encloseSheet, markPrinted, postRun, pullSheet } from '#app/printing/handle_sheets'
import { planPrintRun } from '#app/printing/plan_print_run'
import PrintRun from '#app/printing/print_run'
import { codeValidator, planValidator, pullValidator } from '#app/printing/print_run_validator'
import { visibleTo } from '#app/identity/client_scope'
import { newId } from '#app/shared/ids'
import { notice } from '#app/shared/notice'
import { PAGE_SIZE, pageNumber } from '#app/shared/paging'
import { readSealedFile } from '#app/shared/sealed_files'
import { openSealer } from '#app/shared/sealing'
import { notFound } from '#app/shared/not_found'

/** Print runs from planning to the post. */
export default class PrintRunsController {
  async index({ auth, request, view }: HttpContext) {
    const runs = await visibleTo(PrintRun.query(), auth.getUserOrFail())
      .orderBy('number', 'desc')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    const ready = await db
      .from('replies')
      .join('organizations', 'organizations.id', 'replies.client_id')
      .where('replies.state', 'ready')
      .whereIn('replies.product', ['letter', 'postcard'])
      .groupBy('organizations.id', 'organizations.name', 'replies.product')
      .select('organizations.id', 'organizations.name', 'replies.product')
      .count('* as count')
    const held = await db.from('replies').where('state', 'held').count('* as count').firstOrFail()
    return view.render('printing/index', {
      runs,
      ready,
      held: Number(held.count),
      requestKey: newId(),
      postcardKey: newId(),
    })
  }

  async store({ auth, request, response, session }: HttpContext) {
    const input = await request.validateUsing(planValidator)
    const planned = await planPrintRun(
      auth.getUserOrFail(),
      input.client_id,
      input.request_key,
      input.product
    )
    if (planned.ok) return response.redirect(`/print-runs/${planned.run.id}`)
    notice(session, 'warn', `printing.${planned.reason}`)
    return response.redirect('/print-runs')
  }

  async show(ctx: HttpContext) {
    return this.#page(ctx, await this.#run(ctx))
  }

  /** Opening the PDF counts as printing it. */
  async pdf(ctx: HttpContext) {
    const run = await this.#run(ctx)
    if (!run.file) return notFound(ctx)
    const pdf = await readSealedFile(await openSealer(run.dataKeyId), run.file)
    await markPrinted(ctx.auth.getUserOrFail(), run.id)
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
      pulled ? 'printing.pulled' : 'printing.not_pulled'
    )
    return ctx.response.redirect(`/print-runs/${run.id}`)
  }

  async post(ctx: HttpContext) {
    const run = await this.#run(ctx)
    const posted = await postRun(ctx.auth.getUserOrFail(), run.id)
    notice(
      ctx.session,
      posted.ok ? 'good' : 'warn',
      posted.ok ? 'printing.posted' : `printing.${posted.reason}`
    )
    return ctx.response.redirect(`/print-runs/${run.id}`)
  }

  #run({ auth, params }: HttpContext): Promise<PrintRun> {
    return visibleTo(PrintRun.query(), auth.getUserOrFail())
      .where('print_runs.id', params.id)
      .firstOrFail()
  }

  async #page({ view }: HttpContext, run: PrintRun, extra: Record<string, unknown> = {}) {
    const sheets = await db
      .from('sheets')
      .join('reply_submissions', 'reply_submissions.reply_id', 'sheets.reply_id')
      .join('submissions', 'submissions.id', 'reply_submissions.submission_id')
      .where('sheets.print_run_id', run.id)
      .orderBy('sheets.number')
      .select(
        'sheets.id',
        'sheets.number',
        'sheets.code',
        'sheets.state',
        'sheets.pages',
        'sheets.reason',
        'submissions.receipt',
        'submissions.id as submission_id'
      )
    const count = (...states: string[]) =>
      sheets.filter((sheet) => states.includes(sheet.state)).length
    return view.render('printing/show', {
      run,
      sheets,
      enclosed: null,
      counts: {
        planned: run.planned,
        pulled: count('pulled'),
        enclosed: count('enclosed', 'posted'),
        posted: count('posted'),
        open: count('planned', 'printed'),
      },
      ...extra,
    })
  }
}
