import type { HttpContext } from '@adonisjs/core/http'
import { visibleTo } from '#app/people/client_scope'
import PrintRun from '#app/replies/print_runs/print_run'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { acceptPosting, handOverPosting } from '#app/replies/postings/hand_over_posting'
import { keyOfDays } from '#app/replies/postings/check_posting'
import { contentOf, MAX_OFFERED, waitingRuns } from '#app/replies/postings/list_postings'
import { openList } from '#app/replies/postings/open_list'
import { cancelPosting, planPosting } from '#app/replies/postings/plan_posting'
import Posting, {
  DIFFERENCES,
  ENVELOPES,
  MAIL_SERVICES,
  PAID_BY,
} from '#app/replies/postings/posting'
import {
  acceptValidator,
  handOverValidator,
  planPostingValidator,
} from '#app/replies/postings/posting_validator'
import { sumOf } from '#app/replies/postings/posting_lines'

/** Postings: what is handed to the post office together, its list for the mail counter, and what it counted. */
export default class PostingsController {
  async index(ctx: HttpContext) {
    return this.#index(ctx)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const [problems, input] = await planPostingValidator.tryValidate(request.all())
    const user = auth.getUserOrFail()
    const known =
      input && (await visibleTo(PrintRun.query(), user).whereIn('print_runs.id', input.runs))
    const isWeighed =
      input !== null &&
      (known?.every(({ product }) => product === 'postcard') ||
        [input.envelope_grams, input.sheet_grams, input.enclosed_grams].every(
          (grams) => typeof grams === 'number'
        ))
    if (problems || !isWeighed || known?.length !== new Set(input.runs).size) {
      response.status(422)
      return this.#index(ctx, { problem: problems || !isWeighed ? 'incomplete' : 'not_together' })
    }
    const planned = await planPosting(user, {
      runs: input.runs,
      mailService: input.mail_service,
      noForwarding: input.no_forwarding ?? false,
      paidBy: input.paid_by,
      office: input.office ?? '',
      envelope: input.envelope ?? 'long3',
      duplex: input.duplex ?? false,
      envelopeGrams: input.envelope_grams ?? 0,
      sheetGrams: input.sheet_grams ?? 0,
      enclosedGrams: input.enclosed_grams ?? 0,
    })
    if (planned.ok) return response.redirect(`/postings/${planned.id}`)
    response.status(422)
    return this.#index(ctx, { problem: planned.reason })
  }

  async show(ctx: HttpContext) {
    return this.#page(ctx, await this.#posting(ctx))
  }

  /** The list for the mail counter, as PDF. */
  async print(ctx: HttpContext) {
    const posting = await this.#posting(ctx)
    const pdf = await openList(ctx.auth.getUserOrFail(), posting, ctx.i18n)
    ctx.response.header('Content-Disposition', `inline; filename="posting-${posting.number}.pdf"`)
    return ctx.response.type('application/pdf').send(pdf)
  }

  async cancel(ctx: HttpContext) {
    const { id } = await this.#posting(ctx)
    const done = await cancelPosting(ctx.auth.getUserOrFail(), id)
    notice(
      ctx.session,
      done ? 'good' : 'warn',
      done ? 'postings.canceled' : 'postings.not_canceled'
    )
    return ctx.response.redirect(done ? '/postings' : `/postings/${id}`)
  }

  async handOver(ctx: HttpContext) {
    const posting = await this.#posting(ctx)
    const [, input] = await handOverValidator.tryValidate(ctx.request.all())
    const result = await handOverPosting(ctx.auth.getUserOrFail(), posting.id, {
      pieces: input?.pieces ?? null,
      otherDays: input?.other_days ?? '',
    })
    if (result.ok || result.reason === 'already') {
      notice(
        ctx.session,
        result.ok ? 'good' : 'warn',
        result.ok ? 'postings.handed_over' : 'postings.already'
      )
      return ctx.response.redirect(`/postings/${posting.id}`)
    }
    ctx.response.status(422)
    return this.#page(ctx, await posting.refresh(), { refused: result })
  }

  /** The number on the post office's receipt is typed, and compared. */
  async accept(ctx: HttpContext) {
    const posting = await this.#posting(ctx)
    const [problems, input] = await acceptValidator.tryValidate(ctx.request.all())
    const result = problems
      ? {
          ok: false as const,
          reason: 'not_a_number' as const,
          ours: sumOf(posting.lines ?? []).pieces,
        }
      : await acceptPosting(
          ctx.auth.getUserOrFail(),
          posting.id,
          input.accepted,
          input.difference ?? null
        )
    if (result.ok || result.reason === 'already') {
      notice(
        ctx.session,
        result.ok ? 'good' : 'warn',
        result.ok ? 'postings.kept' : 'postings.already'
      )
      return ctx.response.redirect(`/postings/${posting.id}`)
    }
    ctx.response.status(422)
    return this.#page(ctx, posting, {
      counted: result,
      typed: ctx.request.only(['accepted', 'difference']),
    })
  }

  #posting({ auth, params }: HttpContext): Promise<Posting> {
    return visibleTo(Posting.query(), auth.getUserOrFail())
      .where('postings.id', params.id)
      .firstOrFail()
  }

  async #index({ auth, request, view }: HttpContext, extra: Record<string, unknown> = {}) {
    const user = auth.getUserOrFail()
    const waiting = await waitingRuns(user)
    return view.render('replies/postings/index', {
      waiting,
      offered: waiting.flatMap(({ runs }) => runs).length,
      maxOffered: MAX_OFFERED,
      list: await visibleTo(Posting.query(), user)
        .join('organizations', 'organizations.id', 'postings.client_id')
        .orderBy('postings.number', 'desc')
        .select('postings.*', 'organizations.name')
        .paginate(await pageNumber(request.qs()), PAGE_SIZE),
      services: MAIL_SERVICES,
      paidBy: PAID_BY,
      envelopes: ENVELOPES,
      problem: null,
      typed: request.method() === 'POST' ? request.all() : null,
      ...extra,
    })
  }

  async #page({ view }: HttpContext, posting: Posting, extra: Record<string, unknown> = {}) {
    return view.render('replies/postings/show', {
      posting,
      ...(await contentOf(posting)),
      ...{ refused: null, counted: null, typed: {}, keyOfDays, differences: DIFFERENCES },
      ...extra,
    })
  }
}
